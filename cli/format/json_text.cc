#include "cli/format/json_text.h"

#include <functional>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "absl/time/time.h"
#include "cli/printable.h"

namespace chatwire::cli {
namespace {

using Json = nlohmann::ordered_json;

/// A value as a script wants it.
std::string PlainText(const Json& value) {
  if (value.is_null()) return "";
  if (value.is_string()) return value.get<std::string>();
  if (value.is_array()) {
    std::vector<std::string> parts;
    for (const Json& part : value) parts.push_back(PlainText(part));
    return absl::StrJoin(parts, ",");
  }
  return value.dump(-1, ' ', false, Json::error_handler_t::replace);
}

/// RFC 3339 as MessageJson writes it, in local time and to the second; other text as it is.
std::string WithLocalTime(const std::string& text) {
  absl::Time time;
  if (text.size() != 27 || text.back() != 'Z' ||
      !absl::ParseTime(absl::RFC3339_full, text, &time, nullptr)) {
    return text;
  }
  return absl::FormatTime("%Y-%m-%d %H:%M:%S", time, absl::LocalTimeZone());
}

std::string PersonText(const Json& value) {
  if (value.is_boolean()) return value.get<bool>() ? "yes" : "no";
  if (value.is_string()) {
    const auto& text = value.get_ref<const std::string&>();
    return text == "unknown" ? "" : WithLocalTime(text);
  }
  if (value.is_array()) {
    std::vector<std::string> parts;
    for (const Json& part : value) parts.push_back(PersonText(part));
    return absl::StrJoin(parts, ", ");
  }
  return PlainText(value);
}

bool Empty(const Json& value) {
  if (value.is_object() || value.is_array()) {
    for (const Json& part : value) {
      if (!Empty(part)) return false;
    }
    return true;
  }
  return value.is_null() || PersonText(value).empty();
}

void Append(const Json& object, const std::string& indent, std::vector<std::string>& lines) {
  for (const auto& [name, value] : object.items()) {
    if (Empty(value)) continue;
    const std::string start = absl::StrCat(indent, absl::StrReplaceAll(name, {{"_", " "}}), ":");
    if (value.is_object()) {
      lines.push_back(start);
      Append(value, indent + "  ", lines);
    } else if (value.is_array() && value.front().is_object()) {
      for (const Json& part : value) {
        lines.push_back(start);
        Append(part, indent + "  ", lines);
      }
    } else {
      lines.push_back(absl::StrCat(start, " ", PersonText(value)));
    }
  }
}

/// Calls @p on_path for each `{path}` and @p on_text for each stretch of text between.
void Scan(const std::string& pattern, const std::function<void(const std::string&)>& on_text,
          const std::function<void(const std::string&)>& on_path) {
  for (size_t i = 0; i < pattern.size(); ++i) {
    const std::string pair = pattern.substr(i, 2);
    const size_t end = pattern.find('}', i);
    if (pair == "{{" || pair == "}}") {
      on_text(pattern.substr(i++, 1));
    } else if (pair == "\\t" || pair == "\\n") {
      on_text(pair == "\\t" ? "\t" : "\n");
      ++i;
    } else if (pair == "\\\\") {
      on_text(pattern.substr(i++, 1));
    } else if (pattern[i] == '{' && end != std::string::npos) {
      on_path(pattern.substr(i + 1, end - i - 1));
      i = end;
    } else {
      on_text(pattern.substr(i, 1));
    }
  }
}

}  // namespace

Json ValueAt(const Json& object, const std::string& path) {
  const size_t star = path.find(".*.");
  if (star != std::string::npos) {
    Json all = Json::array();
    for (const Json& part : ValueAt(object, path.substr(0, star))) {
      all.push_back(ValueAt(part, path.substr(star + 3)));
    }
    return all;
  }
  const Json* at = &object;
  for (const absl::string_view part : absl::StrSplit(path, '.')) {
    const std::string name(part);
    size_t index = 0;
    if (at->is_object() && at->contains(name)) {
      at = &(*at)[name];
    } else if (at->is_array() && absl::SimpleAtoi(name, &index) && index < at->size()) {
      at = &(*at)[index];
    } else {
      return nullptr;
    }
  }
  return *at;
}

Json FieldOf(const Json& object, const std::string& path) {
  const std::string first = path.substr(0, path.find('.'));
  const auto kind = object.find("kind");
  if (object.contains(first) || kind == object.end() || !kind->is_string()) {
    return ValueAt(object, path);
  }
  const auto happened = object.find(kind->get<std::string>());
  return happened == object.end() ? Json() : ValueAt(*happened, path);
}

std::string FieldText(const Json& object, const std::string& path) {
  return Printable(PlainText(FieldOf(object, path)));
}

std::string CellText(const Json& object, const std::string& path) {
  const size_t bar = path.find('|');
  std::string text = PersonText(ValueAt(object, path.substr(0, bar)));
  return text.empty() && bar != std::string::npos ? path.substr(bar + 1) : text;
}

std::vector<std::string> ObjectText(const Json& object) {
  std::vector<std::string> lines;
  Append(object, "", lines);
  return lines;
}

std::string ExpandTemplate(const std::string& pattern, const Json& object) {
  std::string text;
  Scan(
      pattern, [&](const std::string& part) { text += part; },
      [&](const std::string& path) { text += FieldText(object, path); });
  return text;
}

std::vector<std::string> PathsIn(const std::string& pattern) {
  std::vector<std::string> paths;
  Scan(pattern, [](const std::string&) {}, [&](const std::string& path) { paths.push_back(path); });
  return paths;
}

}  // namespace chatwire::cli
