#ifndef CHATWIRE_XMPP_SERVICE_DOMAIN_OUTBOX_H_
#define CHATWIRE_XMPP_SERVICE_DOMAIN_OUTBOX_H_

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "common/completion.h"
#include "xmpp-service/domain/message.h"

namespace chatwire::xmpp {

/// Most messages of one account that may wait for the server.
inline constexpr int64_t kMaximumPendingMessages = 10'000;

/// A message that somebody wants to have sent.
struct NewMessage {
  std::string account;
  std::string to;
  std::string body;
  std::string request_id;
  MessageDetails details = {};
  MessageAction action = {};
};

/// What became of a NewMessage.
struct AcceptedMessage {
  OutgoingMessage message;
  DeliveryStage stage = DeliveryStage::kAccepted;
  absl::Time accept_time;
  /// An earlier call with this request_id had already been accepted.
  bool replayed = false;
};

/// The messages on their way to the server. Thread-safe; completions as in EventLog.
class Outbox {
 public:
  virtual ~Outbox() = default;

  /// Stores the message, its event (MessageSent, MessageCorrected and so on) and the request in one
  /// transaction, once for each request_id.
  /// Errors: ALREADY_EXISTS/REQUEST_ID_REUSED, RESOURCE_EXHAUSTED/OUTBOX_FULL,
  /// NOT_FOUND/MESSAGE_NOT_FOUND where a message is to be corrected or retracted that the account
  /// has not sent there (domain `xmpp.chatwire`).
  virtual void Accept(NewMessage message, Completion<AcceptedMessage> done) = 0;

  /// Unacknowledged messages of @p account with a row above @p after_row, in order; also such as
  /// are `damaged`.
  virtual void ListPending(const std::string& account, int64_t after_row, int limit,
                           Completion<std::vector<OutgoingMessage>> done) = 0;

  /// The server has the message: appends MessageAcknowledged. False where nothing changed.
  virtual void Acknowledge(const std::string& account, const std::string& message_id,
                           Completion<bool> done) = 0;

  /// @p from has answered the message with an error, or is @p account itself, which gives it up:
  /// appends MessageFailed. False where nothing changed, also when no such message is known or it
  /// was not sent to where @p from speaks for (domain/error_source.h).
  virtual void Fail(const std::string& account, const std::string& message_id,
                    const std::string& from, StanzaError error, Completion<bool> done) = 0;

  /// Unacknowledged messages by account; accounts without any are left out.
  virtual void CountPending(Completion<std::map<std::string, int64_t>> done) = 0;
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_DOMAIN_OUTBOX_H_
