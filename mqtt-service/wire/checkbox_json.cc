#include "mqtt-service/wire/checkbox_json.h"

#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "common/error.h"
#include "mqtt-service/domain/checkbox.h"
#include "mqtt-service/wire/device_json.h"

namespace chatwire::mqtt {
namespace {

using Json = nlohmann::ordered_json;

constexpr size_t kLargestDocumentBytes = size_t{768} * 1024;
constexpr size_t kMostLines = 5000;

absl::Status BadDocument(const std::string& message) {
  return MakeError(absl::StatusCode::kInvalidArgument, {kErrorDomain, "BAD_DOCUMENT"}, message);
}

absl::Status BadLine(const std::string& message) {
  return MakeError(absl::StatusCode::kInvalidArgument, {kErrorDomain, "BAD_LINE"}, message);
}

bool ReadText(const Json& json, std::string& text) {
  if (!json.is_string()) return false;
  text = json.get<std::string>();
  return true;
}

bool ReadAlias(const Json& json, Alias& alias) {
  // A word alone is of no language.
  if (json.is_string()) return ReadText(json, alias.text);
  if (!json.is_object() || !json.contains("text") || !ReadText(json["text"], alias.text)) {
    return false;
  }
  if (json.contains("language") && !ReadText(json["language"], alias.language)) return false;
  return json.size() == (json.contains("language") ? 2u : 1u);
}

/// How a key is read, and what it must be.
struct Key {
  std::function<bool(const Json&, CheckboxConfig&)> read;
  const char* form;
};

template <typename T, typename Read>
bool ReadList(const Json& json, std::vector<T>& list, Read read) {
  if (!json.is_array()) return false;
  for (const Json& element : json) {
    if (!read(element, list.emplace_back())) return false;
  }
  return true;
}

const std::map<std::string, Key>& Keys() {
  static const auto* const kKeys = new std::map<std::string, Key>{
      {"name",
       {[](const Json& json, CheckboxConfig& config) { return ReadText(json, config.name); },
        "a text"}},
      {"title",
       {[](const Json& json, CheckboxConfig& config) { return ReadText(json, config.title); },
        "a text"}},
      {"aliases",
       {[](const Json& json, CheckboxConfig& config) {
          return ReadList(json, config.aliases, ReadAlias);
        },
        "a list of texts or of {\"language\", \"text\"}"}},
      {"labels",
       {[](const Json& json, CheckboxConfig& config) {
          return ReadList(json, config.labels, ReadText);
        },
        "a list of texts"}},
      {"chat_allow",
       {[](const Json& json, CheckboxConfig& config) {
          return ReadList(json, config.chat_allow, ReadText);
        },
        "a list of texts"}},
      {"device",
       {[](const Json& json, CheckboxConfig& /*config*/) { return json.is_object(); },
        "an object"}},
      {"virtual",
       {[](const Json& json, CheckboxConfig& config) {
          if (json.is_boolean()) config.virtual_device = json.get<bool>();
          return json.is_boolean();
        },
        "true or false"}}};
  return *kKeys;
}

std::string KnownKeys() {
  std::string keys;
  for (const auto& [name, key] : Keys()) absl::StrAppend(&keys, keys.empty() ? "" : ", ", name);
  return keys;
}

ConfigLine ReadLine(int number, const Json& json) {
  ConfigLine line;
  line.number = number;
  if (!json.is_object()) {
    line.status = BadLine("not a JSON object, such as {\"name\": \"lamp\"}");
    return line;
  }
  if (!json.contains("name")) {
    line.status = BadLine("`name` is missing");
    return line;
  }
  ReadText(json["name"], line.config.name);
  for (const auto& [name, value] : json.items()) {
    const auto key = Keys().find(name);
    if (key == Keys().end()) {
      line.status = BadLine(absl::StrCat("there is no key `", name, "`; there are ", KnownKeys()));
      return line;
    }
    if (!key->second.read(value, line.config)) {
      line.status = BadLine(absl::StrCat("`", name, "` must be ", key->second.form));
      return line;
    }
  }
  if (json.contains("device")) {
    auto device = DeviceFromJson(json["device"]);
    line.status = device.status();
    if (device.ok()) line.config.device = *std::move(device);
  }
  return line;
}

absl::StatusOr<std::vector<ConfigLine>> ReadArray(const std::string& document) {
  const Json json = Json::parse(document, nullptr, /*allow_exceptions=*/false);
  if (!json.is_array()) {
    return BadDocument("the array is not valid JSON; with one object a line, each line is judged");
  }
  if (json.size() > kMostLines) return BadDocument(absl::StrCat("over ", kMostLines, " elements"));
  std::vector<ConfigLine> lines;
  int number = 0;
  for (const Json& element : json) lines.push_back(ReadLine(++number, element));
  return lines;
}

}  // namespace

std::string ConfigJson(const CheckboxConfig& config) {
  Json json = {{"name", config.name}};
  if (!config.title.empty()) json["title"] = config.title;
  for (const Alias& alias : config.aliases) {
    json["aliases"].push_back({{"language", alias.language}, {"text", alias.text}});
  }
  for (const std::string& label : config.labels) json["labels"].push_back(label);
  for (const std::string& entry : config.chat_allow) json["chat_allow"].push_back(entry);
  if (config.virtual_device) json["virtual"] = true;
  if (config.device.bound()) json["device"] = DeviceJson(config.device);
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

absl::StatusOr<std::vector<ConfigLine>> ParseConfigDocument(const std::string& document) {
  const absl::string_view text = absl::StripAsciiWhitespace(document);
  if (text.empty()) return BadDocument("`document` is empty");
  if (document.size() > kLargestDocumentBytes) {
    return BadDocument("`document` is over 768 KiB; import it in parts");
  }
  if (text.front() == '[') return ReadArray(document);
  std::vector<ConfigLine> lines;
  int number = 0;
  for (const absl::string_view raw : absl::StrSplit(document, '\n')) {
    ++number;
    const absl::string_view line = absl::StripAsciiWhitespace(raw);
    if (line.empty()) continue;
    if (lines.size() == kMostLines) {
      return BadDocument(absl::StrCat("over ", kMostLines, " lines; import it in parts"));
    }
    const Json json = Json::parse(line.begin(), line.end(), nullptr, /*allow_exceptions=*/false);
    if (json.is_discarded()) {
      lines.push_back({number, {}, BadLine("not valid JSON")});
    } else {
      lines.push_back(ReadLine(number, json));
    }
  }
  return lines;
}

}  // namespace chatwire::mqtt
