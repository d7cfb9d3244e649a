#include "mqtt-service/domain/device_rules.h"

#include <algorithm>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/error.h"

namespace chatwire::mqtt {
namespace {

absl::Status Taken(const std::string& topic, const std::string& name, const std::string& why) {
  return MakeError(absl::StatusCode::kAlreadyExists, {kErrorDomain, "TOPIC_TAKEN"},
                   absl::StrCat("the checkbox ", name, " ", why, " ", topic),
                   {{"topic", topic}, {"name", name}});
}

/// Whether both would ask their devices with the same message.
bool AskAlike(const DeviceBinding& one, const DeviceBinding& other) {
  return one.payload_on == other.payload_on || one.payload_on == other.payload_off ||
         one.payload_off == other.payload_on || one.payload_off == other.payload_off;
}

absl::Status CheckCommandTopic(Transaction& transaction, const CheckboxConfig& config) {
  const std::string& topic = config.device.command_topic;
  for (const DeviceUser& user : transaction.devices().Users(topic)) {
    if (user.checkbox == config.name) continue;
    if (user.use != DeviceTopicUse::kCommand) {
      return Taken(topic, user.checkbox, "takes for its device's words what is said on");
    }
    const auto other = transaction.checkboxes().Find(user.checkbox);
    if (other.has_value() && AskAlike(config.device, other->device)) {
      return Taken(topic, user.checkbox, "asks its device with the same payload on");
    }
  }
  return absl::OkStatus();
}

absl::Status CheckReadings(Transaction& transaction, const std::string& own,
                           const std::vector<DeviceReading>& readings) {
  for (const DeviceReading& reading : readings) {
    for (const DeviceUser& user : transaction.devices().Users(reading.topic)) {
      if (user.checkbox == own || user.use != DeviceTopicUse::kCommand) continue;
      return Taken(reading.topic, user.checkbox, "asks its device on");
    }
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status CheckBinding(Transaction& transaction, const CheckboxConfig& config,
                          const std::string& base) {
  if (!config.device.bound()) return absl::OkStatus();
  if (config.virtual_device) return BadDevice("a virtual checkbox has no device; leave one out");
  absl::Status good = CheckDevice(config.device, base);
  if (good.ok()) good = CheckCommandTopic(transaction, config);
  if (good.ok()) good = CheckReadings(transaction, config.name, config.device.states);
  if (good.ok()) good = CheckReadings(transaction, config.name, config.device.availability);
  return good;
}

Availability CombineAvailability(Transaction& transaction, const std::string& checkbox,
                                 const std::string& topic, Availability said) {
  transaction.devices().SetSaid(checkbox, topic, said);
  const std::vector<Availability> all = transaction.devices().Said(checkbox);
  const auto says = [](Availability what) {
    return [what](Availability one) { return one == what; };
  };
  if (std::any_of(all.begin(), all.end(), says(Availability::kOffline))) {
    return Availability::kOffline;
  }
  return std::all_of(all.begin(), all.end(), says(Availability::kOnline)) ? Availability::kOnline
                                                                          : Availability::kUnknown;
}

}  // namespace chatwire::mqtt
