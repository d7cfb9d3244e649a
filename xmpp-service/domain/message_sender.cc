#include "xmpp-service/domain/message_sender.h"

#include <utility>

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
                 Completion<AcceptedMessage>(
                     [this, account, ack_timeout, done = std::move(done)](auto accepted) mutable {
                       if (accepted.ok()) {
                         OnAccepted(account, *std::move(accepted), ack_timeout, std::move(done));
                       } else {
                         done(accepted.status());
                       }
                     }));
}

void MessageSender::OnAccepted(const std::string& account, AcceptedMessage accepted,
                               absl::Duration ack_timeout, Completion<AcceptedMessage> done) {
  const bool pending = accepted.stage == DeliveryStage::kAccepted;
  const OutgoingMessage message = accepted.message;
  // The wait begins before the message can go out, so its end cannot be missed.
  if (pending && ack_timeout > absl::ZeroDuration()) {
    waiters_.Wait(account, message.message_id, ack_timeout,
                  Completion<DeliveryStage>([accepted = std::move(accepted),
                                             done = std::move(done)](const auto& stage) mutable {
                    if (!stage.ok()) {
                      done(stage.status());
                      return;
                    }
                    accepted.stage = *stage;
                    done(std::move(accepted));
                  }));
  } else {
    done(std::move(accepted));
  }
  // Gone meanwhile: then nobody sends it.
  const auto agent = accounts_.Find(account);
  if (agent.ok() && pending) (*agent)->OnAccepted(message);
}

}  // namespace chatwire::xmpp
