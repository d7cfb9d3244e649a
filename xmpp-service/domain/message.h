#ifndef CHATWIRE_XMPP_SERVICE_DOMAIN_MESSAGE_H_
#define CHATWIRE_XMPP_SERVICE_DOMAIN_MESSAGE_H_

#include <cstdint>
#include <optional>
#include <string>

#include "absl/time/time.h"

namespace chatwire::xmpp {

/// What somebody is doing in a chat (XEP-0085).
enum class ChatState { kActive, kComposing, kPaused, kInactive, kGone };

/// Where a chat message was taken from.
enum class MessageSource { kLive, kArchive, kCarbon, kApi };

/// How far a sent message has come. The numbers are stored: never change them.
enum class DeliveryStage { kAccepted = 1, kServerAck = 2, kFailed = 3 };

/// A message that is to go out, as the outbox keeps it.
struct OutgoingMessage {
  /// Position among all outgoing messages; grows.
  int64_t row = 0;
  /// Also the stanza's origin-id (XEP-0359).
  std::string message_id;
  std::string to;
  std::string body;
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
  /// Set in a stanza of type `error`.
  std::optional<StanzaError> error;
  MessageSource source = MessageSource::kLive;
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_DOMAIN_MESSAGE_H_
