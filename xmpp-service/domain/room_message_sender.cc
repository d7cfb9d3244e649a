#include "xmpp-service/domain/room_message_sender.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "xmpp-service/domain/errors.h"
#include "xmpp-service/domain/text.h"

namespace chatwire::xmpp {
namespace {

absl::Status CheckBody(const std::string& body) {
  constexpr auto kCode = absl::StatusCode::kInvalidArgument;
  if (body.empty()) return Error(kCode, "EMPTY_BODY", "`body` is empty");
  if (body.size() > kMaximumBodyBytes) {
    return Error(kCode, "BODY_TOO_LONG",
                 absl::StrCat("`body` has ", body.size(), " bytes; at most ", kMaximumBodyBytes));
  }
  if (IsXmlText(body)) return absl::OkStatus();
  return Error(kCode, "BAD_BODY", "`body` has a character that XML 1.0 cannot carry");
}

}  // namespace

void RoomMessageSender::Send(NewRoomMessage message, absl::Duration confirm_timeout,
                             Completion<AcceptedRoomMessage> done) {
  const absl::Status valid = CheckBody(message.body);
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
  store_.Accept(std::move(message),
                Completion<AcceptedRoomMessage>([this, account, confirm_timeout,
                                                 done = std::move(done)](auto accepted) mutable {
                  if (accepted.ok()) {
                    OnAccepted(account, *std::move(accepted), confirm_timeout, std::move(done));
                  } else {
                    done(accepted.status());
                  }
                }));
}

void RoomMessageSender::OnAccepted(const std::string& account, AcceptedRoomMessage accepted,
                                   absl::Duration confirm_timeout,
                                   Completion<AcceptedRoomMessage> done) {
  const bool pending = accepted.stage == DeliveryStage::kAccepted;
  const OutgoingRoomMessage message = accepted.message;
  // The wait begins before the message can go out, so its end cannot be missed.
  if (pending && confirm_timeout > absl::ZeroDuration()) {
    waiters_.Wait(account, message.message_id, confirm_timeout,
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
  if (agent.ok() && pending) {
    (*agent)->UseRooms([message](RoomKeeper& rooms) { rooms.OnAccepted(message); });
  }
}

}  // namespace chatwire::xmpp
