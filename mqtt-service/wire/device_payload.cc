#include "mqtt-service/wire/device_payload.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <variant>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "common/error.h"
#include "mqtt-service/domain/value_path.h"

namespace chatwire::mqtt {
namespace {

using Json = nlohmann::json;

/// Devices put all that they know into one payload.
constexpr size_t kMaximumPayloadBytes = size_t{64} * 1024;
constexpr size_t kShownBytes = 64;

absl::Status BadPayload(const std::string& message) {
  return MakeError(absl::StatusCode::kInvalidArgument, {kErrorDomain, "BAD_PAYLOAD"}, message);
}

/// nullptr: there is no such place.
const Json* At(const Json& json, const std::vector<PathStep>& steps) {
  const Json* place = &json;
  for (const PathStep& step : steps) {
    if (const auto* const key = std::get_if<std::string>(&step)) {
      const auto found = place->is_object() ? place->find(*key) : place->end();
      if (!place->is_object() || found == place->end()) return nullptr;
      place = &*found;
    } else {
      const size_t index = std::get<size_t>(step);
      if (!place->is_array() || index >= place->size()) return nullptr;
      place = &(*place)[index];
    }
  }
  return place;
}

bool Has(const std::vector<std::string>& values, const std::string& value) {
  return std::find(values.begin(), values.end(), value) != values.end();
}

/// Which of two lists has the value: 1 the first, 2 the second, 0 there is no value.
absl::StatusOr<int> WhichList(const std::vector<std::string>& first,
                              const std::vector<std::string>& second, const std::string& value_path,
                              const std::string& payload) {
  const auto value = ReadDeviceValue(payload, value_path);
  if (!value.ok()) return value.status();
  if (!value->has_value()) return 0;
  if (Has(first, **value)) return 1;
  if (Has(second, **value)) return 2;
  return BadPayload(absl::StrCat("\"", absl::CHexEscape((*value)->substr(0, kShownBytes)),
                                 "\" is none of the values of the binding"));
}

}  // namespace

absl::StatusOr<std::optional<std::string>> ReadDeviceValue(const std::string& payload,
                                                           const std::string& value_path) {
  if (payload.size() > kMaximumPayloadBytes) return BadPayload("the payload is over 64 KiB");
  std::string text(absl::StripAsciiWhitespace(payload));
  if (text.empty()) return std::nullopt;
  const bool is_json = text.front() == '{' || text.front() == '[';
  if (value_path.empty() || !is_json) return text;
  const auto steps = ParseValuePath(value_path);
  if (!steps.ok()) return steps.status();
  const Json json = Json::parse(text, nullptr, /*allow_exceptions=*/false);
  if (json.is_discarded()) return BadPayload("the payload is not valid JSON");
  const Json* const place = At(json, *steps);
  if (place == nullptr || place->is_null()) return std::nullopt;
  if (place->is_string()) return place->get<std::string>();
  if (place->is_boolean() || place->is_number()) return place->dump();
  return BadPayload(absl::StrCat("at ", value_path, " there is no text, number, true or false"));
}

absl::StatusOr<SwitchState> ReadDeviceState(const DeviceBinding& binding,
                                            const std::string& value_path,
                                            const std::string& payload) {
  const auto which = WhichList(binding.state_on, binding.state_off, value_path, payload);
  if (!which.ok()) return which.status();
  if (*which == 0) return SwitchState::kUnknown;
  return *which == 1 ? SwitchState::kOn : SwitchState::kOff;
}

absl::StatusOr<Availability> ReadDeviceAvailability(const DeviceBinding& binding,
                                                    const std::string& value_path,
                                                    const std::string& payload) {
  const auto which = WhichList(binding.online, binding.offline, value_path, payload);
  if (!which.ok()) return which.status();
  if (*which == 0) return Availability::kUnknown;
  return *which == 1 ? Availability::kOnline : Availability::kOffline;
}

}  // namespace chatwire::mqtt
