#ifndef CHATWIRE_MQTT_SERVICE_DOMAIN_CHAT_LOG_H_
#define CHATWIRE_MQTT_SERVICE_DOMAIN_CHAT_LOG_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "mqtt-service/domain/chat_event.h"

namespace chatwire::mqtt {

/// A chat message that is owed to somebody.
struct OwedReply {
  /// Set by the log; grows.
  int64_t id = 0;
  /// Idempotency key for xmpp-service, derived from the event that is answered.
  std::string request_id;
  /// Bare JID of the account that answers.
  std::string account;
  /// Full JID of who gets it; in a room room/nick of who is answered, or the room.
  std::string to;
  std::string text;
  ChatPlace place = ChatPlace::kDirect;
};

/// What the chat side has to remember. See Transaction for errors.
class ChatLog {
 public:
  virtual ~ChatLog() = default;

  /// The resume token of the last event that was handled. Empty: none yet.
  virtual std::string FeedToken() = 0;
  virtual void SetFeedToken(const std::string& token) = 0;

  /// Marks the event @p event_id as handled at @p now; false: it was already.
  virtual bool MarkHandled(const std::string& event_id, absl::Time now) = 0;

  /// Marks @p account as one of xmpp-service's own accounts.
  virtual void RememberAccount(const std::string& account) = 0;
  virtual bool IsOwnAccount(const std::string& jid) = 0;

  /// Marks that @p jid was refused by @p account at @p now; false: it was told before.
  virtual bool MarkRefused(const std::string& account, const std::string& jid, absl::Time now) = 0;

  /// A second reply with the same request id is dropped.
  virtual void AddReply(const OwedReply& reply) = 0;
  /// Replies after @p id, oldest first, at most @p limit.
  virtual std::vector<OwedReply> RepliesAfter(int64_t id, int64_t limit) = 0;
  virtual void RemoveReply(int64_t id) = 0;
  /// Replies to send, and pending commands that a chat message asked for.
  virtual int64_t OwedCount() = 0;

  /// Forgets events handled before @p events_before and refusals from before @p refusals_before.
  virtual void Purge(absl::Time events_before, absl::Time refusals_before) = 0;
};

}  // namespace chatwire::mqtt

#endif  // CHATWIRE_MQTT_SERVICE_DOMAIN_CHAT_LOG_H_
