#include "xmpp-service/domain/outbox_sender.h"

#include <algorithm>
#include <utility>

#include "absl/log/log.h"

namespace chatwire::xmpp {
namespace {

constexpr int kPageSize = 64;
constexpr absl::Duration kRetryOutboxAfter = absl::Seconds(1);

}  // namespace

OutboxSender::OutboxSender(std::string account, Outbox& outbox, Executor& executor,
                           OnDelivery on_delivery)
    : account_(std::move(account)),
      outbox_(outbox),
      on_delivery_(std::move(on_delivery)),
      lifeline_(executor) {}

void OutboxSender::OnNewStream(Session* session) {
  ++stream_;
  session_ = session;
  in_flight_.clear();
  cursor_ = 0;
  behind_ = true;
  Pump();
}

void OutboxSender::OnResumed(Session* session) {
  session_ = session;
  behind_ = true;
  Pump();
}

void OutboxSender::OnStreamDown() { session_ = nullptr; }

void OutboxSender::OnAccepted(const OutgoingMessage& message) {
  // In order, nothing before it waits, and there is room: no need to read it back.
  if (session_ != nullptr && !behind_ && !reading_ && in_flight_.size() < kWindow &&
      message.row > cursor_) {
    cursor_ = message.row;
    Send(message);
    return;
  }
  behind_ = true;
  Pump();
}

void OutboxSender::Pump() {
  if (session_ == nullptr || reading_ || !behind_ || in_flight_.size() >= kWindow) return;
  reading_ = true;
  behind_ = false;
  outbox_.ListPending(
      account_, cursor_, kPageSize,
      lifeline_.Bind<std::vector<OutgoingMessage>>([this, stream = stream_](auto messages) {
        reading_ = false;
        if (stream == stream_) {
          OnPending(std::move(messages));
        } else {
          Pump();
        }
      }));
}

void OutboxSender::OnPending(absl::StatusOr<std::vector<OutgoingMessage>> messages) {
  if (!messages.ok()) {
    LOG(ERROR) << account_ << ": the outbox cannot be read, trying again: " << messages.status();
    behind_ = true;
    lifeline_.After(kRetryOutboxAfter, [this] { Pump(); });
    return;
  }
  if (session_ == nullptr) {
    behind_ = true;
    return;
  }
  for (const OutgoingMessage& message : *messages) {
    cursor_ = std::max(cursor_, message.row);
    if (message.damaged) {
      GiveUp(message);
    } else if (in_flight_.count(message.message_id) == 0) {
      Send(message);
    }
  }
  if (messages->size() == kPageSize) behind_ = true;
  Pump();
}

void OutboxSender::Send(const OutgoingMessage& message) {
  in_flight_.insert(message.message_id);
  session_->Send(message, lifeline_.Bind<bool>([this, stream = stream_, row = message.row,
                                                id = message.message_id](const auto& sent) {
    OutgoingMessage done;
    done.row = row;
    done.message_id = id;
    // An acknowledgement counts on whatever stream it came; a failure only on this one.
    if (sent.ok() || stream == stream_) OnSent(done, sent.ok());
  }));
}

void OutboxSender::GiveUp(const OutgoingMessage& message) {
  LOG(ERROR) << account_ << ": the message " << message.message_id << " in the outbox is damaged";
  outbox_.Fail(account_, message.message_id, account_,
               {"internal-server-error", "what the service had stored of this message is damaged"},
               lifeline_.Bind<bool>([this, id = message.message_id](const auto& failed) {
                 if (failed.ok() && *failed) on_delivery_(id, DeliveryStage::kFailed);
               }));
}

void OutboxSender::OnSent(const OutgoingMessage& message, bool acknowledged) {
  in_flight_.erase(message.message_id);
  if (!acknowledged) {
    // Not on the stream: should that be resumed, this one is to be sent again.
    cursor_ = std::min(cursor_, message.row - 1);
    behind_ = true;
    return;
  }
  outbox_.Acknowledge(account_, message.message_id,
                      lifeline_.Bind<bool>([this, id = message.message_id](const auto& done) {
                        if (done.ok()) on_delivery_(id, DeliveryStage::kServerAck);
                      }));
  Pump();
}

}  // namespace chatwire::xmpp
