#ifndef CHATWIRE_XMPP_SERVICE_DOMAIN_ROOM_H_
#define CHATWIRE_XMPP_SERVICE_DOMAIN_ROOM_H_

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "xmpp-service/domain/message.h"
#include "xmpp-service/domain/presence.h"
#include "xmpp-service/domain/room_invitation.h"
#include "xmpp-service/domain/room_roles.h"
#include "xmpp-service/domain/room_speaker.h"

namespace chatwire::xmpp {

/// Most rooms that one account may join.
inline constexpr size_t kMaximumRooms = 500;
/// Most participants of a room that are kept.
inline constexpr size_t kMaximumParticipants = 5000;
/// RFC 7622: a nick is a resource.
inline constexpr size_t kMaximumNickBytes = 1023;
/// Of a reason or another text that comes with a room's presence.
inline constexpr size_t kMaximumRoomTextBytes = 1024;
inline constexpr size_t kMaximumRoomSubjectBytes = 4096;

/// Somebody in a room.
struct Participant {
  std::string nick;
  RoomRole role = RoomRole::kNone;
  RoomAffiliation affiliation = RoomAffiliation::kNone;
  /// The real full JID, where the room shows it.
  std::string jid;
  /// XEP-0421. May be empty.
  std::string occupant_id;
  Presence presence;
  bool self = false;
};

/// Why somebody is not in a room any more. The numbers are those of the API.
enum class RoomLeaveReason {
  kUnknown = 0,
  kLeft = 1,
  kKicked = 2,
  kBanned = 3,
  kDestroyed = 4,
  kNotMember = 5,
  kShutdown = 6,
  kConnection = 7,
  kRefused = 8,
};

/// How an account stands in a room that it has joined. The numbers are those of the API.
enum class RoomState { kJoining = 1, kJoined = 2, kRetrying = 3, kFailed = 4 };

/// A presence stanza of a room (XEP-0045), in its parts. Texts are not longer than their limits;
/// nothing else about it has been checked.
struct RoomPresence {
  enum class Type { kAvailable, kUnavailable, kError };

  /// Bare JID of the room.
  std::string room;
  Type type = Type::kAvailable;
  /// Whom it is about. `nick` may be empty in an error.
  Participant participant;
  /// Section 15.6.
  std::set<int> status_codes;
  /// With 303.
  std::string new_nick;
  std::string actor;
  std::string text;
  bool destroyed = false;
  /// Bare JID of the room to go to instead. May be empty.
  std::string alternative;
  std::optional<StanzaError> error;
};

/// A message of a room (type `groupchat`, or `error` from the room), in its parts; nothing about it
/// has been checked.
struct RoomMessage {
  std::string room;
  /// Empty: the room itself.
  std::string nick;
  std::string body;
  std::optional<std::string> subject;
  /// The sender's ids. Either may be empty.
  std::string id;
  std::string origin_id;
  /// By the room (XEP-0359, XEP-0313). May be empty.
  std::string stanza_id;
  /// By the room (XEP-0421). May be empty.
  std::string occupant_id;
  /// The real JID, where the archive tells it.
  std::string jid;
  /// Of one that came just now, where the room has told who the nick is.
  std::optional<RoomSpeaker> speaker = {};
  /// OccupantStays of the nick when it came live; empty else.
  std::string stay;
  std::optional<ChatState> chat_state;
  /// Bounded, without a subject.
  MessageDetails details;
  MessageAction action;
  std::optional<absl::Time> stamp;
  std::set<int> status_codes;
  std::optional<StanzaError> error;
  bool from_archive = false;
};

/// A message that is to go into a room, as the outbox keeps it.
struct OutgoingRoomMessage {
  /// Position among all of them; grows.
  int64_t row = 0;
  /// Also the stanza's origin-id (XEP-0359).
  std::string message_id;
  std::string room;
  /// Not empty: only to this participant, and a text only.
  std::string nick;
  std::string body;
  MessageDetails details = {};
  /// A Retraction has the room's id of the message, where the room gives ids.
  MessageAction action = {};
  /// What it says cannot be read any more: it can only fail.
  bool damaged = false;
};

/// What of a room's past to ask for when it is joined for the first time.
struct RoomHistory {
  std::optional<int> maximum_messages;
  std::optional<absl::Time> since;
};

/// What a room tells about itself.
struct RoomInfo {
  bool is_room = false;
  std::string name;
  std::string description;
  std::string subject;
  std::optional<int> participant_count;
  std::string language;
  bool password_protected = false;
  bool members_only = false;
  bool moderated = false;
  bool real_jids_shown = false;
  bool persistent = false;
  bool listed = false;
  bool archived = false;
  std::vector<std::string> features;
};

/// A room that a room service lists.
struct ListedRoom {
  std::string room;
  std::string name;
};

/// Why an account is not in a room that it wants to be in.
struct RoomFailure {
  /// As in an ErrorInfo.
  std::string reason;
  std::string message;
};

/// A joined room as it stands.
struct JoinedRoom {
  std::string room;
  std::string nick;
  RoomState state = RoomState::kJoining;
  absl::Time state_time;
  std::optional<RoomFailure> failure;
  std::optional<absl::Time> next_attempt_time;
  RoomRole role = RoomRole::kNone;
  RoomAffiliation affiliation = RoomAffiliation::kNone;
  size_t participant_count = 0;
  std::string subject;
  bool archived = false;
  /// The room was made by this join, and is locked until it is configured.
  bool created = false;
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_DOMAIN_ROOM_H_
