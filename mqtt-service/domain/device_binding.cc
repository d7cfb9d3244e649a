#include "mqtt-service/domain/device_binding.h"

#include <algorithm>
#include <set>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/error.h"
#include "mqtt-service/domain/checkbox.h"
#include "mqtt-service/domain/topic_syntax.h"
#include "mqtt-service/domain/utf8.h"
#include "mqtt-service/domain/value_path.h"

namespace chatwire::mqtt {
namespace {

constexpr size_t kMaximumTopicBytes = 256;
constexpr size_t kMaximumPayloadBytes = 1024;
constexpr size_t kMostReadings = 8;
constexpr size_t kMostValues = 16;

/// Text without control characters: also what a store can keep one a line.
bool IsText(const std::string& text) {
  return !text.empty() && text.size() <= kMaximumPayloadBytes && IsValidUtf8(text) &&
         std::none_of(text.begin(), text.end(),
                      [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
}

absl::Status CheckTopic(const std::string& topic, const std::string& what,
                        const std::string& base) {
  if (topic.empty()) return BadDevice(absl::StrCat("`", what, "` is missing"));
  if (topic.size() > kMaximumTopicBytes || !IsTopicName(topic) || !IsText(topic)) {
    return BadDevice(absl::StrCat("`", what, "` must be a topic of up to ", kMaximumTopicBytes,
                                  " bytes without the wildcards + and #: \"", topic, "\""));
  }
  if (topic.front() == '$') {
    return BadDevice(absl::StrCat("`", what, "` is one of the broker's own topics: ", topic));
  }
  if (topic == base || absl::StartsWith(topic, base + "/")) {
    return BadDevice(absl::StrCat("`", what, "` is below the service's own base topic ", base,
                                  ", where devices need no binding: ", topic));
  }
  return absl::OkStatus();
}

absl::Status CheckReadings(const std::vector<DeviceReading>& readings, const std::string& what,
                           const DeviceBinding& binding, const std::string& base) {
  if (readings.size() > kMostReadings) {
    return BadDevice(absl::StrCat("`", what, "` has over ", kMostReadings, " topics"));
  }
  std::set<std::string> seen;
  for (const DeviceReading& reading : readings) {
    const absl::Status good = CheckTopic(reading.topic, what + ".topic", base);
    if (!good.ok()) return good;
    if (!seen.insert(reading.topic).second) {
      return BadDevice(absl::StrCat("`", what, "` has ", reading.topic, " twice"));
    }
    if (reading.topic == binding.command_topic) {
      return BadDevice(absl::StrCat("`command_topic` and `", what,
                                    "` must differ: the service would take its own command for the "
                                    "device's answer on ",
                                    reading.topic));
    }
    const auto path = ParseValuePath(reading.value_path);
    if (!path.ok()) return path.status();
  }
  return absl::OkStatus();
}

/// Two lists of values, of which none is in both.
absl::Status CheckValues(const std::vector<std::string>& yes, const std::vector<std::string>& no,
                         const std::string& yes_name, const std::string& no_name) {
  if (yes.empty() || no.empty() || yes.size() > kMostValues || no.size() > kMostValues) {
    return BadDevice(absl::StrCat("`", yes_name, "` and `", no_name, "` must each have 1 to ",
                                  kMostValues, " values"));
  }
  std::set<std::string> seen;
  for (const auto* const list : {&yes, &no}) {
    for (const std::string& value : *list) {
      if (!IsText(value)) {
        return BadDevice(absl::StrCat("`", yes_name, "` and `", no_name,
                                      "` must be of 1 to 1,024 bytes without control characters"));
      }
      if (!seen.insert(value).second) {
        return BadDevice(absl::StrCat("`", yes_name, "` and `", no_name, "` have \"", value,
                                      "\" twice; it must have one meaning"));
      }
    }
  }
  return absl::OkStatus();
}

absl::Status CheckCommands(const DeviceBinding& binding) {
  if (!IsText(binding.payload_on) || !IsText(binding.payload_off)) {
    return BadDevice(
        "`payload_on` and `payload_off` must be of 1 to 1,024 bytes without control characters");
  }
  if (binding.payload_on == binding.payload_off) {
    return BadDevice("`payload_on` and `payload_off` must differ: a toggle asks for neither");
  }
  if (binding.qos < 0 || binding.qos > 2) return BadDevice("`qos` must be QoS 0, 1 or 2");
  return absl::OkStatus();
}

}  // namespace

absl::Status BadDevice(const std::string& words) {
  return MakeError(absl::StatusCode::kInvalidArgument, {kErrorDomain, "BAD_DEVICE"}, words);
}

absl::Status CheckDevice(const DeviceBinding& binding, const std::string& base) {
  absl::Status good = CheckTopic(binding.command_topic, "command_topic", base);
  if (good.ok()) good = CheckCommands(binding);
  if (good.ok() && binding.states.empty()) {
    good = BadDevice(
        "`states` is empty: a device that says nowhere what it is can never confirm a command, "
        "and the service does not say \"on\" for it");
  }
  if (good.ok()) good = CheckReadings(binding.states, "states", binding, base);
  if (good.ok()) {
    good = CheckValues(binding.state_on, binding.state_off, "state_on", "state_off");
  }
  if (good.ok()) good = CheckReadings(binding.availability, "availability", binding, base);
  if (good.ok() && !binding.availability.empty()) {
    good = CheckValues(binding.online, binding.offline, "online", "offline");
  }
  return good;
}

}  // namespace chatwire::mqtt
