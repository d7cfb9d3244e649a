#include "mqtt-service/domain/json_object.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"

namespace chatwire::mqtt {
namespace {

void AppendQuoted(absl::string_view text, std::string& out) {
  out += '"';
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (c == '\n') {
      out += "\\n";
    } else if (static_cast<unsigned char>(c) < 0x20) {
      absl::StrAppendFormat(&out, "\\u%04x", static_cast<unsigned>(static_cast<unsigned char>(c)));
    } else {
      out += c;
    }
  }
  out += '"';
}

}  // namespace

void JsonObject::Key(absl::string_view key) {
  text_ += text_.empty() ? '{' : ',';
  AppendQuoted(key, text_);
  text_ += ':';
}

JsonObject& JsonObject::Text(absl::string_view key, absl::string_view value) {
  Key(key);
  AppendQuoted(value, text_);
  return *this;
}

JsonObject& JsonObject::TextOrNull(absl::string_view key, absl::string_view value) {
  return value.empty() ? Null(key) : Text(key, value);
}

JsonObject& JsonObject::Int(absl::string_view key, int64_t value) {
  Key(key);
  absl::StrAppend(&text_, value);
  return *this;
}

JsonObject& JsonObject::Bool(absl::string_view key, bool value) {
  Key(key);
  text_ += value ? "true" : "false";
  return *this;
}

JsonObject& JsonObject::Null(absl::string_view key) {
  Key(key);
  text_ += "null";
  return *this;
}

JsonObject& JsonObject::Objects(absl::string_view key, const std::vector<std::string>& objects) {
  Key(key);
  absl::StrAppend(&text_, "[", absl::StrJoin(objects, ","), "]");
  return *this;
}

std::string JsonObject::Take() { return std::exchange(text_, std::string()) + "}"; }

}  // namespace chatwire::mqtt
