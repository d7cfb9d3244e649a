#include "mqtt-service/wire/device_json.h"

#include <google/protobuf/descriptor.h>

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "common/error.h"
#include "mqtt-service/domain/checkbox.h"
#include "mqtt-service/wire/broker_proto.h"
#include "mqtt-service/wire/device_proto.h"

namespace chatwire::mqtt {
namespace {

using Json = nlohmann::ordered_json;
using google::protobuf::FieldDescriptor;

absl::Status BadLine(const std::string& words) {
  return MakeError(absl::StatusCode::kInvalidArgument, {kErrorDomain, "BAD_LINE"},
                   "`device`: " + words);
}

Json ReadingsJson(const std::vector<DeviceReading>& readings) {
  Json list = Json::array();
  for (const DeviceReading& reading : readings) {
    Json one = {{"topic", reading.topic}};
    if (!reading.value_path.empty()) one["value_path"] = reading.value_path;
    list.push_back(one);
  }
  return list;
}

bool ReadReading(const Json& json, v1::DeviceReading& reading) {
  if (json.is_string()) {
    reading.set_topic(json.get<std::string>());
    return true;
  }
  if (!json.is_object()) return false;
  for (const auto& [key, value] : json.items()) {
    if (!value.is_string() || (key != "topic" && key != "value_path")) return false;
    if (key == "topic") reading.set_topic(value.get<std::string>());
    if (key == "value_path") reading.set_value_path(value.get<std::string>());
  }
  return true;
}

bool ReadQos(const Json& json, v1::DeviceBinding& proto) {
  if (!json.is_number_unsigned() || json.get<uint64_t>() > 2) return false;
  proto.set_qos(QosToProto(json.get<int>()));
  return true;
}

bool ReadPreset(const Json& json, v1::DeviceBinding& proto) {
  v1::DevicePreset preset{};
  const std::string word = json.is_string() ? json.get<std::string>() : "";
  if (!v1::DevicePreset_Parse("DEVICE_PRESET_" + absl::AsciiStrToUpper(word), &preset)) {
    return false;
  }
  proto.set_preset(preset);
  return true;
}

/// One value of a field: a text, or a reading.
bool ReadValue(const Json& json, const FieldDescriptor& field, v1::DeviceBinding& proto) {
  const auto& set = *proto.GetReflection();
  if (field.cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
    return ReadReading(json, static_cast<v1::DeviceReading&>(*set.AddMessage(&proto, &field)));
  }
  if (!json.is_string()) return false;
  if (field.is_repeated()) {
    set.AddString(&proto, &field, json.get<std::string>());
  } else {
    set.SetString(&proto, &field, json.get<std::string>());
  }
  return true;
}

bool ReadField(const Json& json, const FieldDescriptor& field, v1::DeviceBinding& proto) {
  if (field.name() == "qos") return ReadQos(json, proto);
  if (field.name() == "preset") return ReadPreset(json, proto);
  if (field.name() == "home_assistant_config" && json.is_object()) {
    proto.set_home_assistant_config(json.dump(-1, ' ', false, Json::error_handler_t::replace));
    return true;
  }
  if (!field.is_repeated() || !json.is_array()) return ReadValue(json, field, proto);
  for (const Json& element : json) {
    if (!ReadValue(element, field, proto)) return false;
  }
  return true;
}

}  // namespace

Json DeviceJson(const DeviceBinding& binding) {
  Json json = {{"command_topic", binding.command_topic}, {"payload_on", binding.payload_on},
               {"payload_off", binding.payload_off},     {"states", ReadingsJson(binding.states)},
               {"state_on", binding.state_on},           {"state_off", binding.state_off}};
  if (!binding.availability.empty()) {
    json["availability"] = ReadingsJson(binding.availability);
    json["online"] = binding.online;
    json["offline"] = binding.offline;
  }
  json["qos"] = binding.qos;
  return json;
}

absl::StatusOr<DeviceBinding> DeviceFromJson(const Json& json) {
  if (!json.is_object()) return BadLine("not an object, such as {\"preset\": \"tasmota\"}");
  v1::DeviceBinding proto;
  for (const auto& [key, value] : json.items()) {
    const FieldDescriptor* const field = proto.GetDescriptor()->FindFieldByName(key);
    if (field == nullptr) return BadLine(absl::StrCat("there is no key `", key, "`"));
    if (!ReadField(value, *field, proto)) {
      return BadLine(absl::StrCat("`", key, "` is not what it must be"));
    }
  }
  return FromProto(proto);
}

}  // namespace chatwire::mqtt
