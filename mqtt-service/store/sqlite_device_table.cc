#include "mqtt-service/store/sqlite_device_table.h"

namespace chatwire::mqtt {

std::vector<DeviceUser> SqliteDeviceTable::Users(const std::string& topic) {
  auto query = queries_("SELECT checkbox, usage FROM device_topic WHERE topic = ? ORDER BY id");
  query.Text(topic);
  std::vector<DeviceUser> users;
  while (query.Next()) {
    users.push_back({query.GetText(0), static_cast<DeviceTopicUse>(query.GetInt(1))});
  }
  return users;
}

void SqliteDeviceTable::SetSaid(const std::string& checkbox, const std::string& topic,
                                Availability availability) {
  queries_("UPDATE device_topic SET said = ? WHERE topic = ? AND usage = ? AND checkbox = ?")
      .Int(static_cast<int64_t>(availability))
      .Text(topic)
      .Int(static_cast<int64_t>(DeviceTopicUse::kAvailability))
      .Text(checkbox)
      .Run();
}

std::vector<Availability> SqliteDeviceTable::Said(const std::string& checkbox) {
  auto query = queries_("SELECT said FROM device_topic WHERE checkbox = ? AND usage = ?");
  query.Text(checkbox).Int(static_cast<int64_t>(DeviceTopicUse::kAvailability));
  std::vector<Availability> said;
  while (query.Next()) said.push_back(static_cast<Availability>(query.GetInt(0)));
  return said;
}

std::vector<DeviceSubscription> SqliteDeviceTable::Wanted(DeviceLink link) {
  // Two with the same topic may wish for another quality: the better one serves both.
  auto query = queries_(
      "SELECT topic, MAX(qos), MAX(id) FROM device_topic WHERE link = ? GROUP BY topic "
      "ORDER BY topic");
  query.Int(static_cast<int64_t>(link));
  std::vector<DeviceSubscription> wanted;
  while (query.Next()) {
    wanted.push_back({query.GetText(0), static_cast<int>(query.GetInt(1)), query.GetInt(2)});
  }
  return wanted;
}

std::vector<std::string> SqliteDeviceTable::Unwanted(DeviceLink link) {
  auto query = queries_(
      "SELECT topic FROM device_unwanted WHERE link = ?1 AND topic NOT IN "
      "(SELECT topic FROM device_topic WHERE link = ?1) ORDER BY topic");
  query.Int(static_cast<int64_t>(link));
  std::vector<std::string> topics;
  while (query.Next()) topics.push_back(query.GetText(0));
  return topics;
}

void SqliteDeviceTable::ForgetUnwanted(DeviceLink link, const std::string& topic) {
  queries_("DELETE FROM device_unwanted WHERE topic = ? AND link = ?")
      .Text(topic)
      .Int(static_cast<int64_t>(link))
      .Run();
}

void SqliteDeviceTable::Bind(const std::string& checkbox, const DeviceBinding& binding) {
  queries_(
      "INSERT OR IGNORE INTO device_unwanted(topic, link) "
      "SELECT topic, link FROM device_topic WHERE checkbox = ?")
      .Text(checkbox)
      .Run();
  queries_("DELETE FROM device_topic WHERE checkbox = ?").Text(checkbox).Run();
  commit_.devices = true;
  if (!binding.bound()) return;
  AddTopic(checkbox, binding.command_topic, DeviceTopicUse::kCommand, binding.qos);
  for (const DeviceReading& reading : binding.states) {
    AddTopic(checkbox, reading.topic, DeviceTopicUse::kState, binding.qos);
  }
  for (const DeviceReading& reading : binding.availability) {
    AddTopic(checkbox, reading.topic, DeviceTopicUse::kAvailability, binding.qos);
  }
}

void SqliteDeviceTable::AddTopic(const std::string& checkbox, const std::string& topic,
                                 DeviceTopicUse use, int qos) {
  const DeviceLink link =
      use == DeviceTopicUse::kCommand ? DeviceLink::kEcho : DeviceLink::kListener;
  queries_(
      "INSERT INTO device_topic(topic, usage, link, checkbox, qos, said) VALUES(?, ?, ?, ?, ?, 0)")
      .Text(topic)
      .Int(static_cast<int64_t>(use))
      .Int(static_cast<int64_t>(link))
      .Text(checkbox)
      .Int(qos)
      .Run();
}

}  // namespace chatwire::mqtt
