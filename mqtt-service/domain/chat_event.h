#ifndef CHATWIRE_MQTT_SERVICE_DOMAIN_CHAT_EVENT_H_
#define CHATWIRE_MQTT_SERVICE_DOMAIN_CHAT_EVENT_H_

#include <string>

#include "absl/time/time.h"

namespace chatwire::mqtt {

/// Where xmpp-service took a chat message from.
enum class ChatSource { kLive, kArchive, kCarbon, kApi };

/// A chat message of one of xmpp-service's accounts, as its journal tells it.
struct ChatEvent {
  /// Unique for ever.
  std::string event_id;
  /// Bare JID of the account on which it happened.
  std::string account;
  /// By the account, instead of to it.
  bool sent = false;
  /// Full JID of the sender. Empty when `sent`.
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
};

/// @p jid without its resource.
std::string BareJid(const std::string& jid);

}  // namespace chatwire::mqtt

#endif  // CHATWIRE_MQTT_SERVICE_DOMAIN_CHAT_EVENT_H_
