#include "mqtt-service/domain/checkbox_config.h"

#include <algorithm>
#include <cstdint>
#include <set>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "common/error.h"
#include "mqtt-service/domain/checkbox.h"
#include "mqtt-service/domain/spoken_word.h"
#include "mqtt-service/domain/utf8.h"

namespace chatwire::mqtt {
namespace {

constexpr size_t kMaximumNameBytes = 64;
constexpr size_t kMaximumTitleBytes = 128;
constexpr size_t kMaximumWordCharacters = 64;
constexpr size_t kMaximumWordBytes = 128;
constexpr size_t kMaximumTagBytes = 35;
constexpr size_t kMostAliases = 32;
constexpr size_t kMostLabels = 16;

bool IsNameCharacter(char c) {
  return absl::ascii_islower(static_cast<unsigned char>(c)) ||
         absl::ascii_isdigit(static_cast<unsigned char>(c)) || c == '_' || c == '-';
}

bool IsControl(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }

/// From the first to the last of a block of characters that no word has.
struct Block {
  uint32_t first;
  uint32_t last;
};

/// Controls, blanks, punctuation, formatting, private use, and what is no character (Unicode 15,
/// by block).
constexpr Block kNoWord[] = {
    {0x80, 0xa9},     {0xab, 0xb4},     {0xb6, 0xb9},       {0xbb, 0xbf},     {0xd7, 0xd7},
    {0xf7, 0xf7},     {0x61c, 0x61c},   {0x115f, 0x1160},   {0x1680, 0x1680}, {0x17b4, 0x17b5},
    {0x180b, 0x180f}, {0x2000, 0x20cf}, {0x2100, 0x25ff},   {0x27c0, 0x2bff}, {0x2e00, 0x2e7f},
    {0x3000, 0x3004}, {0x3008, 0x3020}, {0x3030, 0x3030},   {0x3164, 0x3164}, {0xd800, 0xf8ff},
    {0xfe00, 0xfe6f}, {0xfeff, 0xff0f}, {0xff1a, 0xff20},   {0xff3b, 0xff40}, {0xff5b, 0xff65},
    {0xffa0, 0xffa0}, {0xffe0, 0xffff}, {0xe0000, 0x10ffff}};

bool IsWordCharacter(uint32_t c) {
  if (c < 0x80) {
    return absl::ascii_isalnum(static_cast<unsigned char>(c)) || c == '_' || c == '-' ||
           c == '\'' || c == ' ';
  }
  return std::none_of(std::begin(kNoWord), std::end(kNoWord),
                      [c](const Block& block) { return c >= block.first && c <= block.last; });
}

}  // namespace

void Apply(const CheckboxChange& change, CheckboxConfig& config) {
  if (change.title.has_value()) config.title = *change.title;
  if (change.aliases.has_value()) config.aliases = *change.aliases;
  if (change.labels.has_value()) config.labels = *change.labels;
  if (change.chat_allow.has_value()) config.chat_allow = *change.chat_allow;
  if (change.device.has_value()) config.device = *change.device;
}

absl::Status CheckName(const std::string& name) {
  const bool good = !name.empty() && name.size() <= kMaximumNameBytes &&
                    std::all_of(name.begin(), name.end(), IsNameCharacter);
  if (good) return absl::OkStatus();
  return MakeError(absl::StatusCode::kInvalidArgument, {kErrorDomain, "BAD_NAME"},
                   "`name` must be 1 to 64 characters of a-z, 0-9, _ and -, such as desk-lamp");
}

absl::Status CheckTitle(const std::string& title) {
  const bool good = title.size() <= kMaximumTitleBytes && IsValidUtf8(title) &&
                    std::none_of(title.begin(), title.end(), IsControl);
  if (good) return absl::OkStatus();
  return MakeError(absl::StatusCode::kInvalidArgument, {kErrorDomain, "BAD_TITLE"},
                   absl::StrCat("`title` must be at most ", kMaximumTitleBytes,
                                " bytes of UTF-8 without control characters"));
}

bool IsWord(const std::string& text) {
  if (text.empty() || text.size() > kMaximumWordBytes || !IsValidUtf8(text)) return false;
  const bool framed = text.front() == ' ' || text.back() == ' ';
  if (framed || text.find("  ") != std::string::npos) return false;
  const std::vector<uint32_t> characters = CharactersOf(text);
  return characters.size() <= kMaximumWordCharacters && !SpokenKey(text).empty() &&
         std::all_of(characters.begin(), characters.end(), IsWordCharacter);
}

bool IsLanguageTag(const std::string& tag) {
  if (tag.empty()) return true;
  if (tag.size() > kMaximumTagBytes) return false;
  const std::vector<std::string> parts = absl::StrSplit(tag, '-');
  const auto plain = [](const std::string& part) {
    return !part.empty() && part.size() <= 8 && std::all_of(part.begin(), part.end(), [](char c) {
      return absl::ascii_isalnum(static_cast<unsigned char>(c));
    });
  };
  const bool language = parts.front().size() >= 2 || parts.front() == "x";
  return language && (parts.front() != "x" || parts.size() > 1) &&
         absl::ascii_isalpha(static_cast<unsigned char>(parts.front().front())) &&
         std::all_of(parts.begin(), parts.end(), plain);
}

absl::Status CheckAliases(const std::vector<Alias>& aliases) {
  std::set<std::pair<std::string, std::string>> seen;
  bool good = aliases.size() <= kMostAliases;
  for (const Alias& alias : aliases) {
    good = good && IsWord(alias.text) && IsLanguageTag(alias.language) &&
           seen.emplace(absl::AsciiStrToLower(alias.language), SpokenKey(alias.text)).second;
  }
  if (good) return absl::OkStatus();
  return MakeError(
      absl::StatusCode::kInvalidArgument, {kErrorDomain, "BAD_ALIAS"},
      absl::StrCat(
          "`aliases` must be at most ", kMostAliases,
          " different words under BCP 47 language tags: 1 to ", kMaximumWordCharacters,
          " letters, digits, _, -, ' and single blanks in between, such as pt: candeeiro"));
}

absl::Status CheckLabels(const std::vector<std::string>& labels) {
  std::set<std::string> seen;
  bool good = labels.size() <= kMostLabels;
  for (const std::string& label : labels) {
    good = good && IsWord(label) && seen.insert(SpokenKey(label)).second;
  }
  if (good) return absl::OkStatus();
  return MakeError(
      absl::StatusCode::kInvalidArgument, {kErrorDomain, "BAD_LABEL"},
      absl::StrCat("`labels` must be at most ", kMostLabels, " different words: 1 to ",
                   kMaximumWordCharacters,
                   " letters, digits, _, -, ' and single blanks in between, such as kitchen"));
}

}  // namespace chatwire::mqtt
