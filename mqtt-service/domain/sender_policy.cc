#include "mqtt-service/domain/sender_policy.h"

#include <algorithm>
#include <map>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "common/error.h"
#include "mqtt-service/domain/utf8.h"

namespace chatwire::mqtt {
namespace {

constexpr size_t kMostEntries = 32;
constexpr size_t kLongestEntry = 2047;
constexpr size_t kMostShown = 64;
constexpr char kRoom[] = "room:";

bool IsAddress(const std::string& entry) {
  const size_t at = entry.find('@');
  return at != std::string::npos && at + 1 < entry.size() && entry.size() <= kLongestEntry &&
         entry.find_first_of("/ \n\t") == std::string::npos && IsValidUtf8(entry);
}

}  // namespace

absl::Status SenderPolicy::Add(const std::string& raw) {
  const std::string entry = absl::AsciiStrToLower(absl::StripAsciiWhitespace(raw));
  if (entry == "contacts") {
    contacts_ = true;
  } else if (entry == "*") {
    everybody_ = true;
  } else if (AddRoom(entry)) {
    return absl::OkStatus();
  } else if (!IsAddress(entry) || absl::StartsWith(entry, kRoom)) {
    return MakeError(absl::StatusCode::kInvalidArgument, {kErrorDomain, "BAD_CHAT_ALLOW"},
                     absl::StrCat("\"", entry.substr(0, kMostShown),
                                  "\" is none of contacts, *, a bare JID such as "
                                  "alice@example.org, @example.org, "
                                  "room:lamps@rooms.example.org, or "
                                  "room:lamps@rooms.example.org#moderator, where that is one of "
                                  "visitor, participant, moderator, member, admin, owner"));
  } else if (entry.front() == '@') {
    domains_.insert(entry);
  } else {
    jids_.insert(entry);
  }
  return absl::OkStatus();
}

bool SenderPolicy::AddRoom(const std::string& entry) {
  absl::string_view address = entry;
  if (!absl::ConsumePrefix(&address, kRoom)) return false;
  RoomEntry room;
  // Rooms of IRC have a # in front of the @.
  const size_t hash = address.find('#', std::min(address.find('@'), address.size()));
  room.room = std::string(address.substr(0, hash));
  if (hash != absl::string_view::npos) {
    static const auto* const kRoles =
        new std::map<std::string, RoomRole>{{"visitor", RoomRole::kVisitor},
                                            {"participant", RoomRole::kParticipant},
                                            {"moderator", RoomRole::kModerator}};
    static const auto* const kAffiliations =
        new std::map<std::string, RoomAffiliation>{{"member", RoomAffiliation::kMember},
                                                   {"admin", RoomAffiliation::kAdmin},
                                                   {"owner", RoomAffiliation::kOwner}};
    const std::string rank(address.substr(hash + 1));
    const auto role = kRoles->find(rank);
    const auto affiliation = kAffiliations->find(rank);
    if (role == kRoles->end() && affiliation == kAffiliations->end()) return false;
    if (role != kRoles->end()) room.role = role->second;
    if (affiliation != kAffiliations->end()) room.affiliation = affiliation->second;
  }
  if (!IsAddress(room.room) || room.room.front() == '@') return false;
  rooms_.push_back(std::move(room));
  return true;
}

absl::StatusOr<SenderPolicy> SenderPolicy::Parse(const std::string& allow) {
  SenderPolicy policy;
  const std::vector<std::string> entries = absl::StrSplit(allow, ',', absl::SkipWhitespace());
  for (const std::string& entry : entries) {
    const absl::Status good = policy.Add(entry);
    if (!good.ok()) return good;
  }
  return policy;
}

absl::StatusOr<SenderPolicy> SenderPolicy::OfCheckbox(const std::vector<std::string>& allow) {
  SenderPolicy policy;
  policy.contacts_ = false;
  if (allow.size() > kMostEntries) {
    return MakeError(absl::StatusCode::kInvalidArgument, {kErrorDomain, "BAD_CHAT_ALLOW"},
                     absl::StrCat("`chat_allow` must have at most ", kMostEntries, " entries"));
  }
  for (const std::string& entry : allow) {
    if (entry == "nobody") continue;
    const absl::Status good = policy.Add(entry);
    if (!good.ok()) return good;
  }
  return policy;
}

bool SenderPolicy::AllowsInRoom(const ChatEvent& event) const {
  if (event.place == ChatPlace::kDirect) return false;
  const std::string room = absl::AsciiStrToLower(BareJid(event.from));
  return std::any_of(rooms_.begin(), rooms_.end(), [&](const RoomEntry& entry) {
    return entry.room == room && event.speaker.role >= entry.role &&
           event.speaker.affiliation >= entry.affiliation;
  });
}

bool SenderPolicy::Allows(const ChatEvent& event) const {
  if (everybody_ || (contacts_ && event.from_contact) || AllowsInRoom(event)) return true;
  // In a room, the address that everybody sees is nobody's JID.
  const bool direct = event.place == ChatPlace::kDirect;
  const std::string jid = absl::AsciiStrToLower(BareJid(direct ? event.from : event.speaker.jid));
  const size_t at = jid.find('@');
  if (at == std::string::npos) return false;
  return jids_.count(jid) > 0 || domains_.count(jid.substr(at)) > 0;
}

bool MayTouch(const SenderPolicy& usual, const Checkbox& checkbox, const ChatEvent& event) {
  if (checkbox.chat_allow.empty()) return usual.Allows(event);
  const auto policy = SenderPolicy::OfCheckbox(checkbox.chat_allow);
  return policy.ok() && policy->Allows(event);
}

}  // namespace chatwire::mqtt
