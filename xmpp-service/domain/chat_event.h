#ifndef CHATWIRE_XMPP_SERVICE_DOMAIN_CHAT_EVENT_H_
#define CHATWIRE_XMPP_SERVICE_DOMAIN_CHAT_EVENT_H_

#include <string>
#include <vector>

#include "absl/time/time.h"
#include "xmpp-service/domain/message.h"

namespace chatwire::xmpp {

// What happens in chats of two. `own`: this account did it, here or with another client.

/// A chat message came in.
struct MessageReceived {
  std::string from;
  std::string to;
  std::string body;
  std::string message_id;
  std::string archive_id;
  absl::Time sent_time;
  bool from_contact = false;
  MessageSource source = MessageSource::kLive;
  bool body_truncated = false;
  MessageDetails details;
  std::string origin_id;
  /// Kept somewhere while the account was away (XEP-0203).
  bool delayed = false;
};

/// A chat message of this account was accepted for sending, or was sent by another client of it.
struct MessageSent {
  std::string to;
  std::string body;
  std::string message_id;
  MessageSource source = MessageSource::kApi;
  absl::Time sent_time;
  MessageDetails details = {};
};

/// The account's server has taken a sent message.
struct MessageAcknowledged {
  std::string to;
  std::string message_id;
};

/// A sent message was answered with an error.
struct MessageFailed {
  std::string to;
  std::string message_id;
  StanzaError error;
};

/// A contact's chat state changed.
struct ChatStateReceived {
  std::string from;
  ChatState state = ChatState::kActive;
};

/// The author of a message has replaced its content (XEP-0308).
struct MessageCorrected {
  std::string from;
  std::string to;
  /// Of the original.
  std::string corrected_id;
  std::string body;
  bool body_truncated = false;
  std::string message_id;
  std::string archive_id;
  absl::Time sent_time;
  bool own = false;
  bool from_contact = false;
  MessageSource source = MessageSource::kLive;
  MessageDetails details;
};

/// The author of a message has taken it back (XEP-0424).
struct MessageRetracted {
  std::string from;
  std::string to;
  std::string retracted_id;
  std::string message_id;
  absl::Time sent_time;
  bool own = false;
  MessageSource source = MessageSource::kLive;
};

/// Somebody's reactions to a message changed (XEP-0444).
struct MessageReacted {
  std::string from;
  std::string to;
  std::string target_id;
  std::vector<std::string> reactions;
  absl::Time sent_time;
  bool own = false;
  MessageSource source = MessageSource::kLive;
};

/// A client of the recipient has received a message of this account (XEP-0184).
struct MessageDelivered {
  std::string from;
  std::string message_id;
  absl::Time sent_time;
  MessageSource source = MessageSource::kLive;
};

/// A message has come so far at its recipient (XEP-0333).
struct MessageMarked {
  std::string from;
  std::string to;
  std::string marked_id;
  Marker marker = Marker::kDisplayed;
  absl::Time sent_time;
  bool own = false;
  MessageSource source = MessageSource::kLive;
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_DOMAIN_CHAT_EVENT_H_
