#ifndef CHATWIRE_XMPP_SERVICE_DOMAIN_EVENT_H_
#define CHATWIRE_XMPP_SERVICE_DOMAIN_EVENT_H_

#include <string>
#include <variant>

#include "absl/time/time.h"
#include "xmpp-service/domain/connection.h"
#include "xmpp-service/domain/message.h"
#include "xmpp-service/domain/presence.h"

namespace chatwire::xmpp {

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
};

/// A chat message of this account was accepted for sending, or was sent by another client of it.
struct MessageSent {
  std::string to;
  std::string body;
  std::string message_id;
  MessageSource source = MessageSource::kApi;
  absl::Time sent_time;
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

/// The account's own session changed its state.
struct ConnectionChanged {
  Connection connection;
};

/// A contact's presence changed.
struct PresenceReceived {
  std::string from;
  Presence presence;
};

/// A roster entry was added, changed or removed.
struct ContactChanged {
  Contact contact;
  bool removed = false;
};

using EventPayload =
    std::variant<MessageReceived, MessageSent, MessageAcknowledged, MessageFailed,
                 ChatStateReceived, ConnectionChanged, PresenceReceived, ContactChanged>;

/// One thing that happened on one account.
struct Event {
  /// UUID, the same for ever.
  std::string event_id;
  std::string account;
  absl::Time create_time;
  EventPayload payload;
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_DOMAIN_EVENT_H_
