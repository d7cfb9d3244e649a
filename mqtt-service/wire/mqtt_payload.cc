#include "mqtt-service/wire/mqtt_payload.h"

#include <nlohmann/json.hpp>

#include "absl/strings/ascii.h"
#include "common/error.h"
#include "mqtt-service/domain/json_object.h"

namespace chatwire::mqtt {
namespace {

using Json = nlohmann::json;

/// Nothing that is meant for a checkbox is longer.
constexpr size_t kMaximumPayloadBytes = 1024;
constexpr int64_t kMostHistory = 100;

absl::Status BadPayload(const std::string& message) {
  return MakeError(absl::StatusCode::kInvalidArgument, {kErrorDomain, "BAD_PAYLOAD"}, message);
}

/// A payload: one word, or a JSON object.
struct Parts {
  /// Lower case.
  std::string state;
  Json object = Json::object();
};

std::string WordOf(const Json& value) {
  if (value.is_string()) return absl::AsciiStrToLower(value.get<std::string>());
  if (value.is_boolean() || value.is_number_integer()) return value.dump();
  return "";
}

absl::StatusOr<Parts> Split(const std::string& payload) {
  if (payload.size() > kMaximumPayloadBytes) return BadPayload("the payload is over 1,024 bytes");
  const std::string text(absl::StripAsciiWhitespace(payload));
  Parts parts;
  if (text.empty() || text.front() != '{') {
    parts.state = absl::AsciiStrToLower(text);
    return parts;
  }
  parts.object = Json::parse(text, nullptr, /*allow_exceptions=*/false);
  if (!parts.object.is_object()) return BadPayload("the payload is not valid JSON");
  const auto state = parts.object.find("state");
  if (state != parts.object.end()) parts.state = WordOf(*state);
  return parts;
}

SwitchState StateOf(const std::string& word) {
  if (word == "on" || word == "true" || word == "1") return SwitchState::kOn;
  if (word == "off" || word == "false" || word == "0") return SwitchState::kOff;
  return SwitchState::kUnknown;
}

}  // namespace

absl::StatusOr<SetPayload> ParseSetPayload(const std::string& payload) {
  const auto parts = Split(payload);
  if (!parts.ok()) return parts.status();
  SetPayload set;
  const SwitchState state = StateOf(parts->state);
  if (parts->state == "toggle") {
    set.action = SwitchAction::kToggle;
  } else if (state != SwitchState::kUnknown) {
    set.action = state == SwitchState::kOn ? SwitchAction::kOn : SwitchAction::kOff;
  } else {
    return BadPayload("the state must be ON, OFF or TOGGLE");
  }
  const auto version = parts->object.find("expected_version");
  if (version != parts->object.end()) {
    if (!version->is_number_integer() || version->get<int64_t>() < 0) {
      return BadPayload("`expected_version` must be a whole number");
    }
    set.expected_version = version->get<int64_t>();
  }
  const auto by = parts->object.find("by");
  if (by != parts->object.end()) {
    if (!by->is_string() || !CheckTitle(by->get<std::string>()).ok()) {
      return BadPayload("`by` must be up to 128 bytes of text");
    }
    set.by = by->get<std::string>();
  }
  const auto through = parts->object.find("through");
  set.panel = through != parts->object.end() && *through == "panel";
  return set;
}

absl::StatusOr<GetPayload> ParseGetPayload(const std::string& payload) {
  const auto parts = Split(payload);
  if (!parts.ok()) return parts.status();
  GetPayload get;
  const auto history = parts->object.find("history");
  if (history == parts->object.end()) return get;
  if (history->is_number_integer()) get.history = history->get<int64_t>();
  if (get.history < 1 || get.history > kMostHistory) {
    return BadPayload("`history` must be a whole number from 1 to 100");
  }
  return get;
}

absl::StatusOr<ReportPayload> ParseReportPayload(const std::string& payload) {
  const auto parts = Split(payload);
  if (!parts.ok()) return parts.status();
  ReportPayload report;
  report.state = StateOf(parts->state);
  if (report.state == SwitchState::kUnknown) return BadPayload("the state must be ON or OFF");
  const auto id = parts->object.find("correlation_id");
  if (id != parts->object.end() && id->is_string()) report.correlation_id = id->get<std::string>();
  return report;
}

absl::StatusOr<Availability> ParseAvailability(const std::string& payload) {
  const auto parts = Split(payload);
  if (!parts.ok()) return parts.status();
  if (parts->state == "online") return Availability::kOnline;
  if (parts->state == "offline") return Availability::kOffline;
  return BadPayload("the availability must be online or offline");
}

std::string SetResultPayload(const absl::StatusOr<Checkbox>& result) {
  if (result.ok()) {
    return JsonObject()
        .Bool("ok", true)
        .Text("name", result->name)
        .Text("desired", result->desired == SwitchState::kOn ? "ON" : "OFF")
        .Int("version", result->version)
        .Take();
  }
  JsonObject json;
  json.Bool("ok", false)
      .Text("reason", ReasonOf(result.status()))
      .Text("message", result.status().message());
  const ErrorMetadata metadata = MetadataOf(result.status());
  const auto version = metadata.find("version");
  if (version != metadata.end()) json.Text("version", version->second);
  return json.Take();
}

}  // namespace chatwire::mqtt
