#include "xmpp-service/domain/room_participants.h"

#include <utility>

#include "xmpp-service/domain/room_event.h"

namespace chatwire::xmpp {
namespace {

// XEP-0045, section 15.6.
constexpr int kSelf = 110;
constexpr int kBanned = 301;
constexpr int kNickChanged = 303;
constexpr int kKicked = 307;
constexpr int kAffiliationLost = 321;
constexpr int kMembersOnly = 322;
constexpr int kShutdown = 332;
constexpr int kConnectionLost = 333;

}  // namespace

RoomLeaveReason LeaveReasonOf(const RoomPresence& presence) {
  const auto has = [&presence](int code) { return presence.status_codes.count(code) > 0; };
  if (presence.destroyed) return RoomLeaveReason::kDestroyed;
  if (has(kBanned)) return RoomLeaveReason::kBanned;
  // Comes together with 307: nobody wanted it.
  if (has(kConnectionLost)) return RoomLeaveReason::kConnection;
  if (has(kShutdown)) return RoomLeaveReason::kShutdown;
  if (has(kAffiliationLost) || has(kMembersOnly)) return RoomLeaveReason::kNotMember;
  if (has(kKicked)) return RoomLeaveReason::kKicked;
  return RoomLeaveReason::kUnknown;
}

void RoomParticipants::Forget() {
  for (auto& [nick, entry] : participants_) entry.stale = true;
  truncated_ = false;
}

std::vector<EventPayload> RoomParticipants::Enter() {
  std::vector<EventPayload> events;
  for (auto it = participants_.begin(); it != participants_.end();) {
    if (!it->second.stale) {
      ++it;
      continue;
    }
    if (!it->second.participant.self) {
      events.push_back(ParticipantLeft{room_, std::move(it->second.participant),
                                       RoomLeaveReason::kUnknown, "", ""});
    }
    it = participants_.erase(it);
  }
  telling_ = true;
  return events;
}

std::vector<EventPayload> RoomParticipants::Apply(const RoomPresence& presence) {
  if (presence.participant.nick.empty()) return {};
  return presence.type == RoomPresence::Type::kAvailable ? Come(presence) : Go(presence);
}

std::vector<EventPayload> RoomParticipants::Come(const RoomPresence& presence) {
  const std::string& nick = presence.participant.nick;
  const auto known = participants_.find(nick);
  if (known == participants_.end()) {
    const bool self = presence.status_codes.count(kSelf) > 0;
    if (participants_.size() >= kMaximumParticipants && !self) {
      truncated_ = true;
      return {};
    }
    Participant& added = participants_[nick].participant;
    added = presence.participant;
    added.self = self;
    if (!telling_ || self) return {};
    return {ParticipantJoined{room_, added}};
  }
  Entry& entry = known->second;
  const Participant before = std::exchange(entry.participant, presence.participant);
  entry.participant.self = before.self || presence.status_codes.count(kSelf) > 0;
  entry.stale = false;
  if (before.role == entry.participant.role &&
      before.affiliation == entry.participant.affiliation) {
    return {};
  }
  if (!telling_) return {};
  return {ParticipantChanged{room_, entry.participant, nick, before.role, before.affiliation,
                             presence.actor, presence.text}};
}

std::vector<EventPayload> RoomParticipants::Go(const RoomPresence& presence) {
  auto node = participants_.extract(presence.participant.nick);
  if (node.empty()) return {};
  if (presence.status_codes.count(kNickChanged) > 0 && !presence.new_nick.empty()) {
    return Rename(presence, std::move(node.mapped()));
  }
  // That this account itself has left is a matter of the whole room.
  if (!telling_ || node.mapped().participant.self) return {};
  RoomLeaveReason reason = LeaveReasonOf(presence);
  if (reason == RoomLeaveReason::kUnknown) reason = RoomLeaveReason::kLeft;
  return {ParticipantLeft{room_, std::move(node.mapped().participant), reason, presence.actor,
                          presence.text}};
}

std::vector<EventPayload> RoomParticipants::Rename(const RoomPresence& presence, Entry entry) {
  const std::string previous = std::exchange(entry.participant.nick, presence.new_nick);
  const Participant now = entry.participant;
  participants_[presence.new_nick] = std::move(entry);
  if (!telling_) return {};
  return {ParticipantChanged{room_, now, previous, now.role, now.affiliation, presence.actor,
                             presence.text}};
}

const Participant* RoomParticipants::Find(const std::string& nick) const {
  const auto found = participants_.find(nick);
  return found == participants_.end() ? nullptr : &found->second.participant;
}

std::vector<Participant> RoomParticipants::List(const std::string& after, size_t limit) const {
  std::vector<Participant> page;
  for (auto it = participants_.upper_bound(after); it != participants_.end() && page.size() < limit;
       ++it) {
    if (!it->second.stale) page.push_back(it->second.participant);
  }
  return page;
}

}  // namespace chatwire::xmpp
