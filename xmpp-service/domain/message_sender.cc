#include "xmpp-service/domain/message_sender.h"

#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "common/uuid.h"
#include "xmpp-service/domain/errors.h"
#include "xmpp-service/domain/text.h"

namespace chatwire::xmpp {
namespace {

absl::Status Invalid(const char* reason, absl::string_view message) {
  return Error(absl::StatusCode::kInvalidArgument, reason, message);
}

/// Also brings what compares equal into one form.
absl::Status Check(NewMessage& message) {
  const auto to = Jid::Parse(message.to);
  if (!to.ok()) return to.status();
  message.to = to->Full();
  if (message.body.empty()) return Invalid("EMPTY_BODY", "`body` is empty");
  if (message.body.size() > kMaximumBodyBytes) {
    return Invalid("BODY_TOO_LONG", absl::StrCat("`body` has ", message.body.size(),
                                                 " bytes; at most ", kMaximumBodyBytes));
  }
  if (!IsXmlText(message.body)) {
    return Invalid("BAD_BODY", "`body` has a character that XML 1.0 cannot carry");
  }
  if (!IsUuid(message.request_id)) {
    return Invalid("BAD_REQUEST_ID", "`request_id` is missing or not a UUID");
  }
  message.request_id = absl::AsciiStrToLower(message.request_id);
  return absl::OkStatus();
}

}  // namespace

void MessageSender::Send(NewMessage message, absl::Duration ack_timeout,
                         Completion<AcceptedMessage> done) {
  const absl::Status valid = Check(message);
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
