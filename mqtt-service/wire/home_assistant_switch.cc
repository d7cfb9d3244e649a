#include "mqtt-service/wire/home_assistant_switch.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/strings/strip.h"
#include "mqtt-service/domain/value_path.h"

namespace chatwire::mqtt {
namespace {

using Json = nlohmann::json;

constexpr size_t kMaximumBytes = size_t{16} * 1024;

/// Takes `.key`, `['key']`, `["key"]` or `[0]` off the front of @p rest and adds it to @p path.
bool TakeAccessor(absl::string_view& rest, std::string& path) {
  if (absl::ConsumePrefix(&rest, ".")) {
    const size_t end = std::min(rest.find_first_of(".["), rest.size());
    const absl::string_view key = rest.substr(0, end);
    absl::StrAppend(&path, path.empty() ? "" : ".", key);
    rest.remove_prefix(end);
    // More than a name is a filter or a calculation.
    return !key.empty() && std::all_of(key.begin(), key.end(), [](char c) {
      return absl::ascii_isalnum(static_cast<unsigned char>(c)) || c == '_';
    });
  }
  const size_t end = rest.find(']');
  if (!absl::ConsumePrefix(&rest, "[") || end == absl::string_view::npos) return false;
  const absl::string_view inner = rest.substr(0, end - 1);
  rest.remove_prefix(end);
  for (const char quote : {'\'', '"'}) {
    if (inner.size() < 3 || inner.front() != quote || inner.back() != quote) continue;
    const absl::string_view key = inner.substr(1, inner.size() - 2);
    absl::StrAppend(&path, path.empty() ? "" : ".", key);
    // A path has no way to say a key with a dot in it.
    return !absl::StrContains(key, ".") && !absl::StrContains(key, "[");
  }
  absl::StrAppend(&path, "[", inner, "]");
  return true;
}

/// The place that a template names; nothing where it is more than that.
std::optional<std::string> PathIn(const std::string& text) {
  absl::string_view rest = absl::StripAsciiWhitespace(text);
  if (rest.empty()) return "";
  if (!absl::ConsumePrefix(&rest, "{{") || !absl::ConsumeSuffix(&rest, "}}")) return std::nullopt;
  rest = absl::StripAsciiWhitespace(rest);
  if (rest == "value") return "";
  std::string path;
  if (!absl::ConsumePrefix(&rest, "value_json") || rest.empty()) return std::nullopt;
  while (!rest.empty()) {
    if (!TakeAccessor(rest, path)) return std::nullopt;
  }
  if (!ParseValuePath(path).ok()) return std::nullopt;
  return path;
}

/// One object of the description, read by its long or short names. Keeps the first error.
class Description {
 public:
  Description(const Json& json, std::string base, absl::Status& status)
      : json_(json), base_(std::move(base)), status_(status) {}

  const Json* Find(const char* name, const char* short_name) const {
    for (const char* const key : {name, short_name}) {
      const auto found = json_.find(key);
      if (found != json_.end() && !found->is_null()) return &*found;
    }
    return nullptr;
  }

  std::string Text(const char* name, const char* short_name, const std::string& otherwise = "") {
    const Json* const value = Find(name, short_name);
    if (value == nullptr) return otherwise;
    if (value->is_string()) return value->get<std::string>();
    if (value->is_boolean() || value->is_number()) return value->dump();
    Wrong(absl::StrCat("`", name, "` must be a text"));
    return otherwise;
  }

  /// `~` at the start or the end stands for the base topic.
  std::string Topic(const char* name, const char* short_name) {
    std::string topic = Text(name, short_name);
    if (base_.empty() || topic.empty()) return topic;
    if (topic.front() == '~') return base_ + topic.substr(1);
    if (topic.back() == '~') return topic.substr(0, topic.size() - 1) + base_;
    return topic;
  }

  std::string Path(const char* name, const char* short_name) {
    const std::string text = Text(name, short_name);
    const auto path = PathIn(text);
    if (path.has_value()) return *path;
    Wrong(absl::StrCat("`", name, "` may only name a place, such as {{ value_json.state }}, not ",
                       text));
    return "";
  }

  bool Flag(const char* name, const char* short_name) const {
    const Json* const value = Find(name, short_name);
    return value != nullptr && *value == true;
  }

  void Wrong(const std::string& words) const {
    if (status_.ok()) status_ = BadDevice("`home_assistant_config`: " + words);
  }

 private:
  const Json& json_;
  const std::string base_;
  absl::Status& status_;
};

void AddOnce(const std::string& value, std::vector<std::string>& values) {
  if (std::find(values.begin(), values.end(), value) == values.end()) values.push_back(value);
}

/// What several topics say with different words is put together: no word has two meanings.
void ReadAvailability(Description& description, const std::string& base, absl::Status& status,
                      DeviceBinding& binding) {
  const auto add = [&binding](const std::string& topic, const std::string& path, Description from) {
    binding.availability.push_back({topic, path});
    AddOnce(from.Text("payload_available", "pl_avail", "online"), binding.online);
    AddOnce(from.Text("payload_not_available", "pl_not_avail", "offline"), binding.offline);
  };
  const std::string single = description.Topic("availability_topic", "avty_t");
  if (!single.empty()) {
    add(single, description.Path("availability_template", "avty_tpl"), description);
  }
  const Json* list = description.Find("availability", "avty");
  if (list == nullptr) return;
  const Json one = list->is_object() ? Json::array({*list}) : *list;
  if (!one.is_array()) return description.Wrong("`availability` must be a list of objects");
  for (const Json& element : one) {
    if (!element.is_object()) return description.Wrong("`availability` must be a list of objects");
    Description source(element, base, status);
    const std::string path = source.Path("value_template", "val_tpl");
    add(source.Topic("topic", "t"), path, source);
  }
  const bool several = binding.availability.size() > 1;
  if (several && description.Text("availability_mode", "avty_mode") == "any") {
    description.Wrong("`availability_mode` any cannot be had: all topics count");
  }
}

void CheckMeaning(const Description& description) {
  if (description.Flag("optimistic", "opt")) {
    description.Wrong(
        "`optimistic` cannot be had: only the device's own report confirms a command");
  }
  if (description.Flag("retain", "ret")) {
    description.Wrong(
        "`retain` cannot be had: a retained command is obeyed again when the device comes back");
  }
  if (description.Find("command_template", "cmd_tpl") != nullptr) {
    description.Wrong("`command_template` cannot be had; write `payload_on` and `payload_off`");
  }
}

}  // namespace

absl::StatusOr<DeviceBinding> ParseHomeAssistantSwitch(const std::string& config) {
  if (config.size() > kMaximumBytes) return BadDevice("`home_assistant_config` is over 16 KiB");
  const Json json = Json::parse(config, nullptr, /*allow_exceptions=*/false);
  if (!json.is_object()) {
    return BadDevice(
        "`home_assistant_config` must be a JSON object, such as {\"command_topic\": ..}");
  }
  absl::Status status;
  const std::string base = Description(json, "", status).Text("~", "~");
  Description description(json, base, status);
  CheckMeaning(description);
  DeviceBinding binding;
  binding.command_topic = description.Topic("command_topic", "cmd_t");
  binding.payload_on = description.Text("payload_on", "pl_on", "ON");
  binding.payload_off = description.Text("payload_off", "pl_off", "OFF");
  const std::string state_topic = description.Topic("state_topic", "stat_t");
  const std::string path = description.Path("value_template", "val_tpl");
  if (!state_topic.empty()) binding.states = {{state_topic, path}};
  binding.state_on = {description.Text("state_on", "stat_on", binding.payload_on)};
  binding.state_off = {description.Text("state_off", "stat_off", binding.payload_off)};
  ReadAvailability(description, base, status, binding);
  if (!status.ok()) return status;
  return binding;
}

}  // namespace chatwire::mqtt
