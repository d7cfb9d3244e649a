#ifndef CHATWIRE_XMPP_SERVICE_DOMAIN_ROOM_EVENT_H_
#define CHATWIRE_XMPP_SERVICE_DOMAIN_ROOM_EVENT_H_

#include <set>
#include <string>

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
