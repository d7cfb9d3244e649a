#ifndef CHATWIRE_XMPP_SERVICE_DOMAIN_MESSAGE_H_
#define CHATWIRE_XMPP_SERVICE_DOMAIN_MESSAGE_H_

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "absl/time/time.h"
#include "xmpp-service/domain/attachment.h"
#include "xmpp-service/domain/room_invitation.h"
#include "xmpp-service/domain/room_speaker.h"

namespace chatwire::xmpp {

/// What somebody is doing in a chat (XEP-0085).
enum class ChatState { kActive, kComposing, kPaused, kInactive, kGone };

/// Where a chat message was taken from.
enum class MessageSource { kLive, kArchive, kCarbon, kApi };

/// How far a sent message has come. The numbers are stored: never change them.
enum class DeliveryStage { kAccepted = 1, kServerAck = 2, kFailed = 3 };

/// What kind of message it is (RFC 6121, section 5.2.2).
enum class MessageType { kChat = 1, kNormal = 2, kHeadline = 3 };

/// How far a message has come at its recipient (XEP-0333).
enum class Marker { kReceived = 1, kDisplayed = 2, kAcknowledged = 3 };

/// That a message answers another one (XEP-0461).
struct Reply {
  /// Of the answered message.
  std::string message_id;
  /// JID of who wrote that one.
  std::string author;
  /// For clients that do not know replies. Outgoing: without `>`; incoming: as it stood in the
  /// body.
  std::string quote;
};

/// What a text may have beside it.
struct MessageDetails {
  MessageType type = MessageType::kChat;
  std::string subject;
  std::string thread;
  std::string parent_thread;
  /// Content of the XHTML body (XEP-0071), well-formed.
  std::string xhtml;
  std::optional<Reply> reply;
  /// XEP-0184.
  bool receipt_requested = false;
  /// XEP-0333.
  bool markable = false;
  /// XEP-0066.
  std::vector<Attachment> attachments = {};
};

/// The text replaces that of another message of the same sender (XEP-0308).
struct Correction {
  std::string message_id;
};

/// Another message of the same sender is to be forgotten (XEP-0424).
struct Retraction {
  std::string message_id;
};

/// The sender's reactions to a message from now on (XEP-0444).
struct Reaction {
  std::string message_id;
  std::vector<std::string> reactions;
};

/// A message of the other side has come so far (XEP-0333).
struct Marking {
  std::string message_id;
  Marker marker = Marker::kDisplayed;
};

/// A message of the other side was received (XEP-0184).
struct Receipt {
  std::string message_id;
};

/// What a message does to another one; nothing for a text of its own.
using MessageAction =
    std::variant<std::monostate, Correction, Retraction, Reaction, Marking, Receipt>;

/// A message that is to go out, as the outbox keeps it.
struct OutgoingMessage {
  /// Position among all outgoing messages; grows.
  int64_t row = 0;
  /// Also the stanza's origin-id (XEP-0359).
  std::string message_id;
  std::string to;
  /// Empty where the action says all.
  std::string body;
  MessageDetails details = {};
  /// Never a Receipt: those do not wait.
  MessageAction action = {};
  /// What it says cannot be read any more: it can only fail.
  bool damaged = false;
};

/// A stanza error (RFC 6120, section 8.3).
struct StanzaError {
  /// Such as `service-unavailable`.
  std::string condition;
  std::string text;
};

/// A message stanza as it came from the stream or the archive; nothing about it has been checked.
struct IncomingMessage {
  /// As the server stamped it.
  std::string from;
  std::string to;
  std::string body;
  /// The sender's ids. Either may be empty.
  std::string id;
  std::string origin_id;
  /// Of the account's own archive (XEP-0359, XEP-0313). May be empty.
  std::string archive_id;
  /// XEP-0203 delay or the archive's stamp.
  std::optional<absl::Time> stamp;
  std::optional<ChatState> chat_state;
  MessageDetails details;
  MessageAction action;
  /// Between two in a room (XEP-0045, section 7.5): who sent it is known by the full JID only.
  bool room_private = false;
  /// Of one that is room_private and came just now, where the room has told who it is.
  std::optional<RoomSpeaker> speaker = {};
  /// Set in a stanza of type `error`.
  std::optional<StanzaError> error;
  MessageSource source = MessageSource::kLive;
  /// Not a text at all, whatever comes with it. The password is as it came.
  std::optional<RoomInvitation> invitation;
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_DOMAIN_MESSAGE_H_
