#include "mqtt-service/broker/device_router.h"

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "absl/log/log.h"
#include "mqtt-service/domain/device_rules.h"
#include "mqtt-service/wire/device_payload.h"

namespace chatwire::mqtt {
namespace {

/// Where in the payloads of @p topic the value stands.
std::string PathOf(const std::vector<DeviceReading>& readings, const std::string& topic) {
  const auto found =
      std::find_if(readings.begin(), readings.end(),
                   [&](const DeviceReading& reading) { return reading.topic == topic; });
  return found == readings.end() ? "" : found->value_path;
}

}  // namespace

absl::Status DeviceRouter::Handle(Transaction& transaction, const InboundMessage& message) const {
  bool anybody = false;
  for (const DeviceUser& user : transaction.devices().Users(message.topic)) {
    if (user.use == DeviceTopicUse::kCommand) continue;
    anybody = true;
    const absl::Status told = Tell(transaction, user, message);
    if (!told.ok()) {
      LOG(WARNING) << "MQTT: " << message.topic << ", for the checkbox " << user.checkbox << ": "
                   << told.message();
    }
  }
  return anybody ? absl::OkStatus() : absl::NotFoundError("no checkbox has this topic; ignored");
}

absl::Status DeviceRouter::Tell(Transaction& transaction, const DeviceUser& user,
                                const InboundMessage& message) const {
  const auto checkbox = transaction.checkboxes().Find(user.checkbox);
  if (!checkbox.has_value()) return absl::OkStatus();
  const DeviceBinding& device = checkbox->device;
  if (user.use == DeviceTopicUse::kAvailability) {
    const auto said =
        ReadDeviceAvailability(device, PathOf(device.availability, message.topic), message.payload);
    if (!said.ok() || *said == Availability::kUnknown) return said.status();
    report_rules_.SetAvailability(
        transaction, user.checkbox,
        CombineAvailability(transaction, user.checkbox, message.topic, *said));
    return absl::OkStatus();
  }
  const auto state = ReadDeviceState(device, PathOf(device.states, message.topic), message.payload);
  if (!state.ok() || *state == SwitchState::kUnknown) return state.status();
  DeviceReport report;
  report.checkbox = user.checkbox;
  report.state = *state;
  report.command_id = message.correlation_data;
  report.retained = message.retained;
  report_rules_.Report(transaction, report);
  return absl::OkStatus();
}

}  // namespace chatwire::mqtt
