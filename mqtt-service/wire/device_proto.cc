#include "mqtt-service/wire/device_proto.h"

#include <string>
#include <vector>

#include "mqtt-service/domain/device_preset.h"
#include "mqtt-service/wire/broker_proto.h"
#include "mqtt-service/wire/home_assistant_switch.h"

namespace chatwire::mqtt {
namespace {

using Readings = google::protobuf::RepeatedPtrField<v1::DeviceReading>;
using Texts = google::protobuf::RepeatedPtrField<std::string>;

std::vector<DeviceReading> ReadingsOf(const Readings& protos) {
  std::vector<DeviceReading> readings;
  for (const v1::DeviceReading& proto : protos) {
    readings.push_back({proto.topic(), proto.value_path()});
  }
  return readings;
}

void AddReadings(const std::vector<DeviceReading>& readings, Readings& protos) {
  for (const DeviceReading& reading : readings) {
    v1::DeviceReading& proto = *protos.Add();
    proto.set_topic(reading.topic);
    proto.set_value_path(reading.value_path);
  }
}

std::vector<std::string> TextsOf(const Texts& texts) { return {texts.begin(), texts.end()}; }

/// What the fields after `preset` stand for.
absl::StatusOr<DeviceBinding> Expand(const v1::DeviceBinding& proto) {
  PresetParameters parameters;
  parameters.topic = proto.topic();
  parameters.prefix = proto.prefix();
  parameters.channel = proto.channel();
  const bool named = !proto.topic().empty() || !proto.prefix().empty() || !proto.channel().empty();
  const bool home_assistant = proto.preset() == v1::DEVICE_PRESET_HOME_ASSISTANT;
  if (home_assistant != !proto.home_assistant_config().empty()) {
    return BadDevice("`home_assistant_config` belongs to DEVICE_PRESET_HOME_ASSISTANT");
  }
  if (proto.preset() == v1::DEVICE_PRESET_UNSPECIFIED ||
      proto.preset() == v1::DEVICE_PRESET_CUSTOM || home_assistant) {
    if (named) return BadDevice("`topic`, `prefix` and `channel` need a preset that has them");
    if (home_assistant) return ParseHomeAssistantSwitch(proto.home_assistant_config());
    return DeviceBinding();
  }
  // The domain's numbers are those of the API; the others have been dealt with.
  parameters.preset = static_cast<DevicePreset>(proto.preset());
  return ExpandPreset(parameters);
}

}  // namespace

absl::StatusOr<DeviceBinding> FromProto(const v1::DeviceBinding& proto) {
  DeviceBinding binding;
  if (proto.ByteSizeLong() == 0) return binding;
  const auto preset = Expand(proto);
  if (!preset.ok()) return preset.status();
  const auto qos = QosFromProto(proto.qos());
  if (!qos.ok()) return BadDevice("`qos` is none of the QualityOfService values");
  binding.command_topic = proto.command_topic();
  binding.payload_on = proto.payload_on();
  binding.payload_off = proto.payload_off();
  binding.states = ReadingsOf(proto.states());
  binding.state_on = TextsOf(proto.state_on());
  binding.state_off = TextsOf(proto.state_off());
  binding.availability = ReadingsOf(proto.availability());
  binding.online = TextsOf(proto.online());
  binding.offline = TextsOf(proto.offline());
  binding.qos = *qos;
  FillFrom(*preset, binding);
  if (!binding.bound()) return BadDevice("`command_topic` is missing");
  return binding;
}

v1::DeviceBinding ToProto(const DeviceBinding& binding) {
  v1::DeviceBinding proto;
  proto.set_command_topic(binding.command_topic);
  proto.set_payload_on(binding.payload_on);
  proto.set_payload_off(binding.payload_off);
  AddReadings(binding.states, *proto.mutable_states());
  for (const std::string& value : binding.state_on) proto.add_state_on(value);
  for (const std::string& value : binding.state_off) proto.add_state_off(value);
  AddReadings(binding.availability, *proto.mutable_availability());
  for (const std::string& value : binding.online) proto.add_online(value);
  for (const std::string& value : binding.offline) proto.add_offline(value);
  proto.set_qos(QosToProto(binding.qos));
  return proto;
}

}  // namespace chatwire::mqtt
