#ifndef CHATWIRE_XMPP_SERVICE_DOMAIN_MESSAGE_SENDER_H_
#define CHATWIRE_XMPP_SERVICE_DOMAIN_MESSAGE_SENDER_H_

#include "absl/time/time.h"
#include "common/completion.h"
#include "xmpp-service/domain/account_directory.h"
#include "xmpp-service/domain/delivery_waiters.h"
#include "xmpp-service/domain/outbox.h"

namespace chatwire::xmpp {

/// Accepts messages for sending, and waits for their delivery where that is wanted. Thread-safe.
class MessageSender {
 public:
  MessageSender(AccountDirectory& accounts, Outbox& outbox, DeliveryWaiters& waiters)
      : accounts_(accounts), outbox_(outbox), waiters_(waiters) {}

  /// Checks, stores and sends. @p ack_timeout: zero when ACCEPTED is enough.
  /// The errors are those of ChatService.SendMessage.
  void Send(NewMessage message, absl::Duration ack_timeout, Completion<AcceptedMessage> done);

 private:
  AccountDirectory& accounts_;
  Outbox& outbox_;
  DeliveryWaiters& waiters_;
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_DOMAIN_MESSAGE_SENDER_H_
