#include "xmpp-service/domain/room_message_sender.h"

#include <utility>

#include "xmpp-service/domain/accepted_delivery.h"
#include "xmpp-service/domain/message_check.h"

namespace chatwire::xmpp {
namespace {

/// As in a chat of two, whose rules are those of rooms, too.
absl::Status CheckContent(NewRoomMessage& message) {
  NewMessage content{message.account,    message.room,    message.body,
                     message.request_id, message.details, message.action};
  const absl::Status valid = CheckMessage(content);
  message.details = std::move(content.details);
  message.request_id = std::move(content.request_id);
  return valid;
}

}  // namespace

void RoomMessageSender::Send(NewRoomMessage message, absl::Duration confirm_timeout,
                             Completion<AcceptedRoomMessage> done) {
  const absl::Status valid = CheckContent(message);
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
  store_.Accept(
      std::move(message),
      Completion<AcceptedRoomMessage>(
          [this, account, confirm_timeout, done = std::move(done)](auto accepted) mutable {
            if (!accepted.ok()) {
              done(accepted.status());
              return;
            }
            FollowDelivery(
                waiters_, account, *std::move(accepted), confirm_timeout, std::move(done),
                [this, account](const OutgoingRoomMessage& pending) {
                  // Gone meanwhile: then nobody sends it.
                  const auto sender = accounts_.Find(account);
                  if (!sender.ok()) return;
                  (*sender)->UseRooms([pending](RoomKeeper& rooms) { rooms.OnAccepted(pending); });
                });
          }));
}

}  // namespace chatwire::xmpp
