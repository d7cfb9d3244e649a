#ifndef CHATWIRE_MQTT_SERVICE_STORE_SQLITE_DEVICE_TABLE_H_
#define CHATWIRE_MQTT_SERVICE_STORE_SQLITE_DEVICE_TABLE_H_

#include <string>
#include <vector>

#include "mqtt-service/domain/store.h"
#include "mqtt-service/store/query_cache.h"

namespace chatwire::mqtt {

/// DeviceTable in SQLite. Marks in @p commit what it touches.
class SqliteDeviceTable final : public DeviceTable {
 public:
  SqliteDeviceTable(QueryCache& queries, Commit& commit) : queries_(queries), commit_(commit) {}

  std::vector<DeviceUser> Users(const std::string& topic) override;
  void SetSaid(const std::string& checkbox, const std::string& topic,
               Availability availability) override;
  std::vector<Availability> Said(const std::string& checkbox) override;
  std::vector<DeviceSubscription> Wanted(DeviceLink link) override;
  std::vector<std::string> Unwanted(DeviceLink link) override;
  void ForgetUnwanted(DeviceLink link, const std::string& topic) override;

  /// The device of @p checkbox is @p binding from here on, which may be none.
  void Bind(const std::string& checkbox, const DeviceBinding& binding);

 private:
  void AddTopic(const std::string& checkbox, const std::string& topic, DeviceTopicUse use, int qos);

  QueryCache& queries_;
  Commit& commit_;
};

}  // namespace chatwire::mqtt

#endif  // CHATWIRE_MQTT_SERVICE_STORE_SQLITE_DEVICE_TABLE_H_
