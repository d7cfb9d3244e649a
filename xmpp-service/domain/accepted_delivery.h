#ifndef CHATWIRE_XMPP_SERVICE_DOMAIN_ACCEPTED_DELIVERY_H_
#define CHATWIRE_XMPP_SERVICE_DOMAIN_ACCEPTED_DELIVERY_H_

#include <string>
#include <utility>

#include "absl/time/time.h"
#include "common/completion.h"
#include "xmpp-service/domain/delivery_waiters.h"

namespace chatwire::xmpp {

/// What follows when an outbox has accepted a message (AcceptedMessage, AcceptedRoomMessage): if it
/// still has to go out, @p send (of the message) has it sent. @p done gets it at once or, where
/// @p timeout is not zero, when its stage is final, or an error of DeliveryWaiters::Wait.
template <typename Accepted, typename Send>
void FollowDelivery(DeliveryWaiters& waiters, const std::string& account, Accepted accepted,
                    absl::Duration timeout, Completion<Accepted> done, const Send& send) {
  const bool pending = accepted.stage == DeliveryStage::kAccepted;
  const auto message = accepted.message;
  // The wait begins before the message can go out, so its end cannot be missed.
  if (pending && timeout > absl::ZeroDuration()) {
    waiters.Wait(account, message.message_id, timeout,
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
  if (pending) send(message);
}

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_DOMAIN_ACCEPTED_DELIVERY_H_
