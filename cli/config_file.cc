#include "cli/config_file.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <sstream>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "absl/strings/substitute.h"
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

/// CLI11 tells of the beginning and the end of a table by such items.
bool IsTableMark(const CLI::ConfigItem& item) { return item.name == "++" || item.name == "--"; }

absl::Status CheckTable(const std::string& path, const CLI::ConfigItem& item) {
  const auto& parents = item.parents;
  if (parents.empty() || parents == std::vector<std::string>{kProfileTable}) {
    return absl::OkStatus();
  }
  const std::string table = absl::StrJoin(parents, ".");
  if (parents.size() != 2 || parents.front() != kProfileTable || !IsProfileName(parents.back())) {
    return Wrong(absl::StrCat(path, ": unknown table [", table,
                              "]; profiles are written [profile.NAME], of letters, digits, _ "
                              "and -"));
  }
  return absl::OkStatus();
}

absl::Status CheckItem(const std::string& path, const CLI::ConfigItem& item) {
  std::vector<std::string> known = SettingKeys();
  if (item.parents.empty()) known.emplace_back(kDefaultProfileKey);
  const bool at_place = item.parents.size() != 1;
  if (!at_place || std::find(known.begin(), known.end(), Dashed(item.name)) == known.end()) {
    return Wrong(absl::StrCat(path, ": unknown key \"", item.fullname(), "\"",
                              DidYouMean(Dashed(item.name), known)));
  }
  if (item.inputs.size() == 1) return absl::OkStatus();
  return Wrong(absl::StrCat(path, ": \"", item.name, "\" takes one value, such as ", item.name,
                            " = \"...\""));
}

/// A line of the file without its comment and the blanks around it, as far as that decides what
/// kind of line it is.
std::string HeaderIn(const std::string& line) {
  const std::string bare(absl::StripAsciiWhitespace(line));
  if (!absl::StartsWith(bare, "[")) return "";
  return bare.substr(0, bare.find(']') + 1);
}

bool IsBlankOrComment(const std::string& line) {
  const absl::string_view bare = absl::StripAsciiWhitespace(line);
  return bare.empty() || bare.front() == '#';
}

std::string KeyIn(const std::string& line) {
  const size_t equals = line.find('=');
  const std::string bare(absl::StripAsciiWhitespace(line.substr(0, equals)));
  const bool comment = absl::StartsWith(bare, "#");
  return equals == std::string::npos || comment ? "" : Dashed(bare);
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
  const std::string wanted = profile.empty() ? "" : absl::StrCat("[profile.", profile, "]");
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
  std::istringstream stream(text);
  std::vector<CLI::ConfigItem> items;
  try {
    items = CLI::ConfigTOML().from_config(stream);
  } catch (const CLI::Error& error) {
    return Wrong(absl::StrCat(path, ": ", error.what()));
  }
  ConfigContent content;
  for (const CLI::ConfigItem& item : items) {
    absl::Status checked = CheckTable(path, item);
    if (checked.ok() && !IsTableMark(item)) checked = CheckItem(path, item);
    if (!checked.ok()) return checked;
    const std::string profile = item.parents.size() == 2 ? item.parents.back() : "";
    if (!profile.empty()) content.profiles.insert(profile);
    if (IsTableMark(item)) continue;
    content.entries.push_back({profile, Dashed(item.name), item.inputs.front()});
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
      *old = line;
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
