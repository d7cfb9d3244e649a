#include "cli/config_line.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "cli/errors.h"
#include "cli/printable.h"

namespace chatwire::cli {
namespace {

constexpr char kForm[] = "; of TOML, a line can be KEY = \"VALUE\", [profile.NAME] or a # comment";

absl::Status Wrong(const std::string& what) {
  return MakeError(absl::StatusCode::kInvalidArgument, kUsageReason, absl::StrCat(what, kForm));
}

std::string Stripped(const std::string& text) {
  return std::string(absl::StripAsciiWhitespace(text));
}

/// Takes the text between quotes; @p rest becomes what stands behind them.
absl::StatusOr<std::string> TakeQuoted(std::string& rest) {
  const char quote = rest.front();
  std::string value;
  for (size_t i = 1; i < rest.size(); ++i) {
    if (rest[i] == quote) {
      rest = rest.substr(i + 1);
      return value;
    }
    if (rest[i] == '\\' && quote == '"') {
      const char escaped = ++i < rest.size() ? rest[i] : '\0';
      if (escaped != '"' && escaped != '\\') {
        return Wrong("of escapes there are \\\" and \\\\; '...' takes all as it is");
      }
    }
    value += rest[i];
  }
  return Wrong(absl::StrCat("the value has no ", std::string(1, quote), " at its end"));
}

absl::StatusOr<std::string> TakeWord(std::string& rest) {
  const size_t end = std::min(rest.find_first_of(" \t#"), rest.size());
  const std::string word = rest.substr(0, end);
  if (word.empty()) return Wrong("there is no value");
  if (word.find_first_of("\"'[]{},=") != std::string::npos) {
    return Wrong("the value needs quotes around it");
  }
  rest = rest.substr(end);
  return word;
}

/// @p rest is what stands behind the table or the value.
absl::Status TakeComment(const std::string& rest, ConfigLine& line) {
  const std::string bare = Stripped(rest);
  if (!bare.empty() && bare.front() != '#') return Wrong("there is more than one value");
  if (!bare.empty()) line.comment = std::string(absl::StripTrailingAsciiWhitespace(rest));
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<ConfigLine> ReadConfigLine(const std::string& line) {
  ConfigLine read;
  if (!IsUtf8(line)) return Wrong("this is not UTF-8");
  std::string rest = Stripped(line);
  if (rest.empty() || rest.front() == '#') return read;
  if (rest.front() == '[') {
    const size_t end = rest.find(']');
    if (end == std::string::npos) return Wrong("the name of the table has no ] at its end");
    read.kind = ConfigLine::Kind::kTable;
    read.name = Stripped(rest.substr(1, end - 1));
    rest = rest.substr(end + 1);
  } else {
    const size_t equals = rest.find('=');
    if (equals == std::string::npos) return Wrong("there is no =");
    read.kind = ConfigLine::Kind::kEntry;
    read.name = Stripped(rest.substr(0, equals));
    if (read.name.empty()) return Wrong("there is no key before the =");
    rest = Stripped(rest.substr(equals + 1));
    const bool quoted = !rest.empty() && (rest.front() == '"' || rest.front() == '\'');
    const auto value = quoted ? TakeQuoted(rest) : TakeWord(rest);
    if (!value.ok()) return value.status();
    read.value = *value;
  }
  absl::Status checked = TakeComment(rest, read);
  if (!checked.ok()) return checked;
  return read;
}

}  // namespace chatwire::cli
