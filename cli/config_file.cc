#include "cli/config_file.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "absl/strings/substitute.h"
#include "cli/config_line.h"
#include "cli/errors.h"
#include "cli/suggestion.h"
#include "cli/translate.h"

namespace chatwire::cli {
namespace {

constexpr char kProfileTable[] = "profile";
constexpr size_t kLongestName = 64;

absl::Status Wrong(const std::string& message) {
  return MakeError(absl::StatusCode::kInvalidArgument, kUsageReason, message);
}

std::string Dashed(const std::string& key) { return absl::StrReplaceAll(key, {{"_", "-"}}); }

/// The profile of a table; errors for one that is none.
absl::StatusOr<std::string> ProfileOf(const std::string& table) {
  const std::vector<std::string> parts = absl::StrSplit(table, '.');
  if (parts.size() == 2 && parts.front() == kProfileTable && IsProfileName(parts.back())) {
    return parts.back();
  }
  return Wrong(absl::StrCat("unknown table [", table,
                            "]; profiles are written [profile.NAME], of letters, digits, _ "
                            "and -"));
}

/// Adds what @p line says to @p content; @p profile is that of the table it stands in.
absl::Status AddLine(const ConfigLine& line, std::string& profile, ConfigContent& content) {
  if (line.kind == ConfigLine::Kind::kNothing) return absl::OkStatus();
  if (line.kind == ConfigLine::Kind::kTable) {
    const auto found = ProfileOf(line.name);
    if (!found.ok()) return found.status();
    profile = *found;
    content.profiles.insert(profile);
    return absl::OkStatus();
  }
  auto entry = ParseConfigKey(
      profile.empty() ? line.name : absl::StrCat(kProfileTable, ".", profile, ".", line.name));
  if (!entry.ok()) return entry.status();
  if (content.Find(entry->profile, entry->key) != nullptr) {
    return Wrong(absl::StrCat("\"", line.name, "\" has a value already; leave one of them"));
  }
  if (!entry->profile.empty()) content.profiles.insert(entry->profile);
  entry->value = line.value;
  content.entries.push_back(*std::move(entry));
  return absl::OkStatus();
}

/// The table that begins in @p line; "" for none.
std::string HeaderIn(const std::string& line) {
  const auto read = ReadConfigLine(line);
  return read.ok() && read->kind == ConfigLine::Kind::kTable ? read->name : "";
}

bool IsBlankOrComment(const std::string& line) {
  const absl::string_view bare = absl::StripAsciiWhitespace(line);
  return bare.empty() || bare.front() == '#';
}

std::string KeyIn(const std::string& line) {
  const auto read = ReadConfigLine(line);
  return read.ok() && read->kind == ConfigLine::Kind::kEntry ? Dashed(read->name) : "";
}

std::string CommentIn(const std::string& line) {
  const auto read = ReadConfigLine(line);
  return read.ok() ? read->comment : "";
}

absl::StatusOr<std::string> Quoted(const std::string& value) {
  const bool plain = std::none_of(value.begin(), value.end(), [](char c) {
    return absl::ascii_iscntrl(static_cast<unsigned char>(c));
  });
  const bool special = absl::StrContains(value, '"') || absl::StrContains(value, '\\');
  if (!plain || (special && absl::StrContains(value, '\''))) {
    return Wrong("a value may have no control characters, and not both kinds of quotes");
  }
  return special ? absl::StrCat("'", value, "'") : absl::StrCat("\"", value, "\"");
}

/// Where the lines of a table are: behind its header, up to the next header or the end.
struct Section {
  size_t begin = 0;
  size_t end = 0;
  bool found = false;
};

Section SectionOf(const std::vector<std::string>& lines, const std::string& profile) {
  const std::string wanted = profile.empty() ? "" : absl::StrCat(kProfileTable, ".", profile);
  Section section;
  section.found = wanted.empty();
  size_t at = 0;
  while (!section.found && at < lines.size()) section.found = HeaderIn(lines[at++]) == wanted;
  section.begin = at;
  while (at < lines.size() && HeaderIn(lines[at]).empty()) ++at;
  section.end = at;
  return section;
}

}  // namespace

const std::vector<std::string>& SettingKeys() {
  static const auto* const kKeys = new std::vector<std::string>{
      "server", "mqtt-server", "token-file", "mqtt-token-file", "ca",
      "cert",   "key",         "account",    "timeout",         "json"};
  return *kKeys;
}

const ConfigEntry* ConfigContent::Find(const std::string& profile, const std::string& key) const {
  for (const ConfigEntry& entry : entries) {
    if (entry.profile == profile && entry.key == key) return &entry;
  }
  return nullptr;
}

absl::StatusOr<ConfigContent> ParseConfig(const std::string& path, const std::string& text) {
  ConfigContent content;
  std::string profile;
  int number = 0;
  for (const absl::string_view line : absl::StrSplit(text, '\n')) {
    ++number;
    const auto read = ReadConfigLine(std::string(line));
    const absl::Status added = read.ok() ? AddLine(*read, profile, content) : read.status();
    if (!added.ok()) return Wrong(absl::StrCat(path, ", line ", number, ": ", added.message()));
  }
  return content;
}

absl::StatusOr<std::string> EditConfig(const std::string& text, const std::string& profile,
                                       const std::string& key,
                                       const std::optional<std::string>& value) {
  std::vector<std::string> lines = absl::StrSplit(text, '\n');
  if (lines.back().empty()) lines.pop_back();
  const Section section = SectionOf(lines, profile);
  const auto begin = lines.begin() + static_cast<std::ptrdiff_t>(section.begin);
  const auto end = lines.begin() + static_cast<std::ptrdiff_t>(section.end);
  const auto old =
      std::find_if(begin, end, [&](const std::string& line) { return KeyIn(line) == key; });
  if (!value.has_value()) {
    if (old != end) lines.erase(old);
  } else {
    const auto quoted = Quoted(*value);
    if (!quoted.ok()) return quoted.status();
    const std::string line = absl::StrCat(absl::StrReplaceAll(key, {{"-", "_"}}), " = ", *quoted);
    if (old != end) {
      *old = absl::StrCat(line, CommentIn(*old));
    } else if (!section.found) {
      if (!lines.empty()) lines.emplace_back();
      lines.insert(lines.end(), {absl::StrCat("[profile.", profile, "]"), line});
    } else {
      // What stands right before the next table is about that.
      auto behind = end;
      while (behind != begin && IsBlankOrComment(*(behind - 1))) --behind;
      const auto next = lines.insert(behind, line) + 1;
      if (next != lines.end() && !HeaderIn(*next).empty()) lines.insert(next, "");
    }
  }
  return lines.empty() ? "" : absl::StrJoin(lines, "\n") + "\n";
}

absl::StatusOr<ConfigEntry> ParseConfigKey(const std::string& text) {
  ConfigEntry entry;
  std::vector<std::string> known = SettingKeys();
  const std::vector<std::string> parts = absl::StrSplit(text, '.');
  entry.key = Dashed(parts.back());
  if (parts.size() == 1) {
    known.emplace_back(kDefaultProfileKey);
  } else if (parts.size() == 3 && parts.front() == kProfileTable && IsProfileName(parts[1])) {
    entry.profile = parts[1];
  } else {
    return Wrong(absl::StrCat("\"", text,
                              "\" is no key; write KEY or profile.NAME.KEY, with NAME "
                              "of letters, digits, _ and -"));
  }
  if (std::find(known.begin(), known.end(), entry.key) != known.end()) return entry;
  const std::string nearest = DidYouMean(entry.key, known);
  return Wrong(absl::StrCat(
      "unknown key \"", parts.back(), "\"",
      nearest.empty() ? absl::StrCat("; keys are ", absl::StrJoin(known, ", ")) : nearest));
}

bool IsProfileName(const std::string& name) {
  return !name.empty() && name.size() <= kLongestName &&
         std::all_of(name.begin(), name.end(), [](char c) {
           return absl::ascii_isalnum(static_cast<unsigned char>(c)) || c == '_' || c == '-';
         });
}

absl::Status UnknownProfile(const std::string& name, const std::set<std::string>& profiles) {
  const std::vector<std::string> known(profiles.begin(), profiles.end());
  const std::string nearest = DidYouMean(name, known);
  const std::string made =
      absl::Substitute(Tr("; make it with `chatwire config set profile.$0.server HOST:PORT`"),
                       IsProfileName(name) ? name : "NAME");
  return Wrong(absl::StrCat(absl::Substitute(Tr("the config file has no profile \"$0\""), name),
                            nearest.empty() ? made : nearest));
}

}  // namespace chatwire::cli
