#include "mqtt-service/domain/room_talk.h"

#include <algorithm>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "mqtt-service/domain/language.h"
#include "mqtt-service/domain/utf8.h"

namespace chatwire::mqtt {
namespace {

constexpr size_t kMostPrefixBytes = 16;
constexpr size_t kMostShown = 64;

/// What may stand behind a name.
bool IsMark(char c) { return c == ':' || c == ','; }
bool IsBlank(char c) { return absl::ascii_isspace(static_cast<unsigned char>(c)); }

/// @p body without @p nick in front, in any case and with or without accents; nothing where it is
/// not there, or stands there as a word like any other.
std::optional<std::string> WithoutName(absl::string_view body, const std::string& nick) {
  absl::string_view text = absl::StripAsciiWhitespace(body);
  const bool mentioned = absl::ConsumePrefix(&text, "@");
  const std::string name = Fold(absl::StripAsciiWhitespace(nick));
  if (name.empty()) return std::nullopt;
  // Each letter of the name may have been typed with an accent apart, which folding takes away.
  const size_t longest = std::min(text.size(), 4 * name.size());
  for (size_t end = name.size(); end <= longest; ++end) {
    const bool whole = end == text.size() || IsMark(text[end]) || IsBlank(text[end]);
    if (!whole || Fold(text.substr(0, end)) != name) continue;
    absl::string_view rest = absl::StripLeadingAsciiWhitespace(text.substr(end));
    const bool marked = !rest.empty() && IsMark(rest.front());
    if (marked) rest.remove_prefix(1);
    if (marked || mentioned) return std::string(absl::StripAsciiWhitespace(rest));
  }
  return std::nullopt;
}

std::optional<std::string> WithoutPrefix(absl::string_view body, const std::string& prefix) {
  absl::string_view text = absl::StripAsciiWhitespace(body);
  if (prefix.empty() || !absl::ConsumePrefix(&text, prefix)) return std::nullopt;
  // `bot` is no part of "bottle on".
  const bool word = absl::ascii_isalnum(static_cast<unsigned char>(prefix.back()));
  if (word && !text.empty() && !IsBlank(text.front())) return std::nullopt;
  return std::string(absl::StripAsciiWhitespace(text));
}

/// What was said to the account, and how; nothing where it was not.
bool TakeAddress(const RoomSettings& settings, ChatEvent& event) {
  if (auto rest = WithoutName(event.body, event.speaker.account_nick)) {
    event.addressing = Addressing::kByName;
    event.body = *std::move(rest);
  } else if (event.place == ChatPlace::kRoomPrivate) {
    event.addressing = Addressing::kByName;
  } else if (rest = WithoutPrefix(event.body, settings.prefix); rest.has_value()) {
    event.addressing = Addressing::kByPrefix;
    event.body = *std::move(rest);
  } else {
    event.addressing = Addressing::kNone;
    return settings.unaddressed;
  }
  return true;
}

}  // namespace

absl::Status RoomTrust::Add(const std::string& raw) {
  const std::string entry = absl::AsciiStrToLower(absl::StripAsciiWhitespace(raw));
  const size_t at = entry.find('@');
  if (entry == "own") {
    own_ = true;
  } else if (entry == "*") {
    all_ = true;
  } else if (at == std::string::npos || at + 1 == entry.size() ||
             entry.find_first_of("/ \n\t") != std::string::npos || !IsValidUtf8(entry)) {
    return absl::InvalidArgumentError(
        absl::StrCat("\"", entry.substr(0, kMostShown),
                     "\" is none of own, *, the bare JID of a room such as "
                     "lamps@rooms.example.org, or @rooms.example.org"));
  } else if (at == 0) {
    services_.insert(entry);
  } else {
    rooms_.insert(entry);
  }
  return absl::OkStatus();
}

absl::StatusOr<RoomTrust> RoomTrust::Parse(const std::string& rooms) {
  RoomTrust trust;
  const std::vector<std::string> entries = absl::StrSplit(rooms, ',', absl::SkipWhitespace());
  for (const std::string& entry : entries) {
    const absl::Status good = trust.Add(entry);
    if (!good.ok()) return good;
  }
  return trust;
}

bool RoomTrust::Believes(const std::string& account, const std::string& room) const {
  const size_t at = room.find('@');
  if (at == std::string::npos) return false;
  const std::string service = room.substr(at);
  if (all_ || rooms_.count(room) > 0 || services_.count(service) > 0) return true;
  const std::string domain = account.substr(account.find('@') + 1);
  return own_ && !domain.empty() &&
         (service == absl::StrCat("@", domain) ||
          absl::EndsWith(service, absl::StrCat(".", domain)));
}

absl::Status CheckRoomPrefix(const std::string& prefix) {
  const bool good = prefix.size() <= kMostPrefixBytes && IsValidUtf8(prefix) &&
                    std::none_of(prefix.begin(), prefix.end(), [](char c) {
                      return static_cast<unsigned char>(c) <= ' ' || c == 0x7f;
                    });
  if (good) return absl::OkStatus();
  return absl::InvalidArgumentError(
      absl::StrCat("a prefix in rooms must be at most ", kMostPrefixBytes,
                   " bytes of UTF-8 without blanks and control characters, such as !"));
}

std::optional<ChatEvent> HeardInRoom(const ChatEvent& event, const RoomSettings& settings) {
  ChatEvent heard = event;
  if (!TakeAddress(settings, heard)) return std::nullopt;
  heard.room_believed = settings.trust.Believes(event.account, BareJid(event.from));
  if (!heard.room_believed) {
    heard.speaker.jid.clear();
    heard.from_contact = false;
  }
  return heard;
}

std::string ToNick(const std::string& nick, const std::string& text) {
  return absl::StrCat(nick, text.find('\n') == std::string::npos ? ": " : ":\n", text);
}

}  // namespace chatwire::mqtt
