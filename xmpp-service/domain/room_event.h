#ifndef CHATWIRE_XMPP_SERVICE_DOMAIN_ROOM_EVENT_H_
#define CHATWIRE_XMPP_SERVICE_DOMAIN_ROOM_EVENT_H_

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "xmpp-service/domain/room.h"

namespace chatwire::xmpp {

/// What happens in rooms; each is the event of the same name in room_event.proto.

struct RoomMessageReceived {
  std::string room;
  std::string nick;
  std::string body;
  std::string message_id;
  std::string stanza_id;
  absl::Time sent_time;
  bool delayed = false;
  bool own = false;
  std::string occupant_id;
  std::string jid;
  bool body_truncated = false;
  MessageDetails details;
  /// Only of what came just now.
  std::optional<RoomSpeaker> speaker = {};
  bool from_contact = false;
  std::string account_nick = {};
};

/// The author of a message has replaced its content (XEP-0308).
struct RoomMessageCorrected {
  /// The correction itself.
  RoomMessageReceived message;
  /// Of the original.
  std::string corrected_message_id;
  std::string corrected_stanza_id;
};

/// The author of a message has taken it back (XEP-0424).
struct RoomMessageRetracted {
  /// The retraction itself; its body and details mean nothing.
  RoomMessageReceived message;
  std::string retracted_message_id;
  std::string retracted_stanza_id;
};

/// Somebody's reactions to a message changed (XEP-0444).
struct RoomMessageReacted {
  /// The stanza itself; its body and details mean nothing.
  RoomMessageReceived message;
  std::string target_stanza_id;
  std::vector<std::string> reactions;
};

/// Somebody in a room does something in the chat (XEP-0085).
struct RoomChatStateReceived {
  std::string room;
  std::string nick;
  ChatState state = ChatState::kActive;
  std::string occupant_id;
};

struct RoomMessageFailed {
  std::string room;
  std::string nick;
  std::string message_id;
  StanzaError error;
};

struct RoomPrivateMessageReceived {
  std::string room;
  std::string nick;
  std::string body;
  std::string message_id;
  absl::Time sent_time;
  bool body_truncated = false;
  /// As RoomMessageReceived.
  std::optional<RoomSpeaker> speaker = {};
  bool from_contact = false;
};

struct RoomSubjectChanged {
  std::string room;
  std::string nick;
  std::string subject;
  absl::Time set_time;
};

struct RoomJoined {
  std::string room;
  std::string nick;
  bool rejoined = false;
  size_t participant_count = 0;
  RoomRole role = RoomRole::kNone;
  RoomAffiliation affiliation = RoomAffiliation::kNone;
};

struct RoomLeft {
  std::string room;
  RoomLeaveReason reason = RoomLeaveReason::kUnknown;
  std::string actor;
  std::string text;
  std::string alternative;
  bool will_rejoin = false;
  std::string error_reason;
};

struct ParticipantJoined {
  std::string room;
  Participant participant;
};

struct ParticipantLeft {
  std::string room;
  Participant participant;
  RoomLeaveReason reason = RoomLeaveReason::kUnknown;
  std::string actor;
  std::string text;
};

struct ParticipantChanged {
  std::string room;
  Participant participant;
  std::string previous_nick;
  RoomRole previous_role = RoomRole::kNone;
  RoomAffiliation previous_affiliation = RoomAffiliation::kNone;
  std::string actor;
  std::string text;
};

struct InvitationReceived {
  /// Its password is sealed, and no part of the event.
  RoomInvitation invitation;
};

struct RoomConfigChanged {
  std::string room;
  std::set<int> status_codes;
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_DOMAIN_ROOM_EVENT_H_
