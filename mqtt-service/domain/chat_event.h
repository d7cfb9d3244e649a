#ifndef CHATWIRE_MQTT_SERVICE_DOMAIN_CHAT_EVENT_H_
#define CHATWIRE_MQTT_SERVICE_DOMAIN_CHAT_EVENT_H_

#include <string>

#include "absl/time/time.h"

namespace chatwire::mqtt {

/// Where xmpp-service took a chat message from.
enum class ChatSource { kLive, kArchive, kCarbon, kApi };

/// Where something is said, and so where its answer goes. The numbers are stored.
enum class ChatPlace {
  /// Between two.
  kDirect = 0,
  /// In a room, before everybody.
  kRoom = 1,
  /// Between two who are in a room.
  kRoomPrivate = 2,
};

/// What somebody may do in a room (XEP-0045). Who has a greater number may do more.
enum class RoomRole { kUnknown = 0, kNone = 1, kVisitor = 2, kParticipant = 3, kModerator = 4 };

/// What somebody is to a room (XEP-0045). From kMember on, who has a greater number may do more.
enum class RoomAffiliation {
  kUnknown = 0,
  kNone = 1,
  kOutcast = 2,
  kMember = 3,
  kAdmin = 4,
  kOwner = 5,
};

/// Who spoke in a room, by the room's word, and to whom.
struct RoomSpeaker {
  RoomRole role = RoomRole::kUnknown;
  RoomAffiliation affiliation = RoomAffiliation::kUnknown;
  /// The real full JID. Empty: the room does not show it.
  std::string jid;
  /// The same whatever the nick (XEP-0421). May be empty.
  std::string occupant_id;
  /// The account's own nick in the room.
  std::string account_nick;
  /// The room's id of the message. May be empty.
  std::string stanza_id;
};

/// How an account was spoken to.
enum class Addressing {
  kByName,
  /// By what stands for every account of ours that is in the room.
  kByPrefix,
  /// Not at all: it only hears it.
  kNone,
};

/// A chat message of one of xmpp-service's accounts, as its journal tells it.
struct ChatEvent {
  /// Unique for ever.
  std::string event_id;
  /// Bare JID of the account on which it happened.
  std::string account;
  /// By the account, instead of to it.
  bool sent = false;
  /// Full JID of the sender, in rooms room/nick. Empty when `sent`.
  std::string from;
  std::string to;
  std::string body;
  bool body_truncated = false;
  std::string message_id;
  ChatSource source = ChatSource::kLive;
  /// When it was sent, as far as known, else when it arrived.
  absl::Time sent_time;
  /// Whether the sender is a contact who may see the account's presence.
  bool from_contact = false;
  /// News or an alert (RFC 6121, section 5.2.2), or a file's address (XEP-0066): to be read, not to
  /// be obeyed or answered.
  bool only_to_read = false;
  ChatPlace place = ChatPlace::kDirect;
  /// Not for kDirect, as the next ones.
  RoomSpeaker speaker;
  Addressing addressing = Addressing::kByName;
  /// Whether the room's word on who somebody is counts.
  bool room_believed = false;
};

/// @p jid without its resource.
std::string BareJid(const std::string& jid);

/// The resource of @p jid, which in a room is a nick. May be empty.
std::string ResourceOf(const std::string& jid);

/// Who wrote @p event, for people: a bare JID, or where a room hides it, the address there.
std::string PersonOf(const ChatEvent& event);

/// The same for all that one person writes, also under another nick where the room tells it.
std::string PersonKey(const ChatEvent& event);

}  // namespace chatwire::mqtt

#endif  // CHATWIRE_MQTT_SERVICE_DOMAIN_CHAT_EVENT_H_
