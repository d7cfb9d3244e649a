#include "mqtt-service/store/device_text.h"

#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

namespace chatwire::mqtt {
namespace {

constexpr char kCommand[] = "command";
constexpr char kPayloadOn[] = "payload_on";
constexpr char kPayloadOff[] = "payload_off";
constexpr char kState[] = "state";
constexpr char kStateOn[] = "state_on";
constexpr char kStateOff[] = "state_off";
constexpr char kAvailability[] = "availability";
constexpr char kOnline[] = "online";
constexpr char kOffline[] = "offline";
constexpr char kQos[] = "qos";

void Add(const char* field, const std::string& value, std::string& text) {
  absl::StrAppend(&text, field, "\t", value, "\n");
}

void Add(const char* field, const std::vector<std::string>& values, std::string& text) {
  for (const std::string& value : values) Add(field, value, text);
}

void Add(const char* field, const std::vector<DeviceReading>& readings, std::string& text) {
  for (const DeviceReading& reading : readings) {
    Add(field, absl::StrCat(reading.topic, "\t", reading.value_path), text);
  }
}

void Take(const std::string& field, const std::vector<std::string>& values,
          DeviceBinding& binding) {
  const std::string& value = values[1];
  const DeviceReading reading{value, values.size() > 2 ? values[2] : ""};
  if (field == kCommand) binding.command_topic = value;
  if (field == kPayloadOn) binding.payload_on = value;
  if (field == kPayloadOff) binding.payload_off = value;
  if (field == kState) binding.states.push_back(reading);
  if (field == kStateOn) binding.state_on.push_back(value);
  if (field == kStateOff) binding.state_off.push_back(value);
  if (field == kAvailability) binding.availability.push_back(reading);
  if (field == kOnline) binding.online.push_back(value);
  if (field == kOffline) binding.offline.push_back(value);
  int qos = 0;
  if (field == kQos && absl::SimpleAtoi(value, &qos)) binding.qos = qos;
}

}  // namespace

std::string DeviceText(const DeviceBinding& binding) {
  std::string text;
  if (!binding.bound()) return text;
  Add(kCommand, binding.command_topic, text);
  Add(kPayloadOn, binding.payload_on, text);
  Add(kPayloadOff, binding.payload_off, text);
  Add(kState, binding.states, text);
  Add(kStateOn, binding.state_on, text);
  Add(kStateOff, binding.state_off, text);
  Add(kAvailability, binding.availability, text);
  Add(kOnline, binding.online, text);
  Add(kOffline, binding.offline, text);
  Add(kQos, absl::StrCat(binding.qos), text);
  return text;
}

DeviceBinding DeviceIn(const std::string& text) {
  DeviceBinding binding;
  for (const absl::string_view line : absl::StrSplit(text, '\n', absl::SkipEmpty())) {
    const std::vector<std::string> values = absl::StrSplit(line, '\t');
    if (values.size() > 1) Take(values[0], values, binding);
  }
  return binding;
}

}  // namespace chatwire::mqtt
