#include "xmpp-service/domain/message_sender.h"

#include <utility>

#include "xmpp-service/domain/accepted_delivery.h"
#include "xmpp-service/domain/message_check.h"

namespace chatwire::xmpp {

void MessageSender::Send(NewMessage message, absl::Duration ack_timeout,
                         Completion<AcceptedMessage> done) {
  const absl::Status valid = CheckMessage(message);
  if (!valid.ok()) {
    done(valid);
    return;
  }
  const auto agent = accounts_.Find(message.account);
  if (!agent.ok()) {
    done(agent.status());
    return;
  }
  const std::string account = message.account;
  outbox_.Accept(std::move(message),
                 Completion<AcceptedMessage>([this, account, ack_timeout,
                                              done = std::move(done)](auto accepted) mutable {
                   if (!accepted.ok()) {
                     done(accepted.status());
                     return;
                   }
                   FollowDelivery(waiters_, account, *std::move(accepted), ack_timeout,
                                  std::move(done), [this, account](const OutgoingMessage& pending) {
                                    // Gone meanwhile: then nobody sends it.
                                    const auto sender = accounts_.Find(account);
                                    if (sender.ok()) (*sender)->OnAccepted(pending);
                                  });
                 }));
}

}  // namespace chatwire::xmpp
