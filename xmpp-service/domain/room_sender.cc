#include "xmpp-service/domain/room_sender.h"

#include <algorithm>
#include <utility>

#include "absl/log/log.h"

namespace chatwire::xmpp {
namespace {

constexpr int kPageSize = 32;
constexpr absl::Duration kRetryStoreAfter = absl::Seconds(1);
// A room that takes the account in and then denies to know it: enough is enough.
constexpr int kMaximumStrange = 3;

}  // namespace

RoomSender::RoomSender(std::string account, std::string room, RoomStore& store, Executor& executor,
                       OnDelivery on_delivery)
    : account_(std::move(account)),
      room_(std::move(room)),
      store_(store),
      on_delivery_(std::move(on_delivery)),
      lifeline_(executor) {}

void RoomSender::OnInside(RoomPort* port) {
  ++stay_;
  port_ = port;
  inside_ = true;
  in_flight_.clear();
  cursor_ = 0;
  behind_ = true;
  Pump();
}

void RoomSender::OnResumed(RoomPort* port) {
  port_ = port;
  if (!inside_) return;
  behind_ = true;
  Pump();
}

void RoomSender::OnOutside() {
  inside_ = false;
  in_flight_.clear();
}

void RoomSender::OnAccepted(const OutgoingRoomMessage& message) {
  // In order, nothing before it waits, and there is room: no need to read it back.
  if (port_ != nullptr && inside_ && !behind_ && !reading_ && in_flight_.size() < kWindow &&
      message.row > cursor_) {
    cursor_ = message.row;
    Send(message);
    return;
  }
  behind_ = true;
  Pump();
}

void RoomSender::Pump() {
  if (port_ == nullptr || !inside_ || reading_ || !behind_ || in_flight_.size() >= kWindow) return;
  reading_ = true;
  behind_ = false;
  store_.ListPending(
      account_, room_, cursor_, kPageSize,
      lifeline_.Bind<std::vector<OutgoingRoomMessage>>([this, stay = stay_](auto messages) {
        reading_ = false;
        if (stay == stay_) {
          OnPending(std::move(messages));
        } else {
          behind_ = true;
          Pump();
        }
      }));
}

void RoomSender::OnPending(absl::StatusOr<std::vector<OutgoingRoomMessage>> messages) {
  if (!messages.ok()) {
    LOG(ERROR) << account_ << ": the messages for " << room_
               << " cannot be read, trying again: " << messages.status();
    behind_ = true;
    lifeline_.After(kRetryStoreAfter, [this] { Pump(); });
    return;
  }
  if (port_ == nullptr || !inside_) {
    behind_ = true;
    return;
  }
  for (const OutgoingRoomMessage& message : *messages) {
    cursor_ = std::max(cursor_, message.row);
    if (message.damaged) {
      OnRefused(message.message_id, {"internal-server-error",
                                     "what the service had stored of this message is damaged"});
    } else if (in_flight_.count(message.message_id) == 0) {
      Send(message);
    }
  }
  if (messages->size() == kPageSize) behind_ = true;
  Pump();
}

void RoomSender::Send(const OutgoingRoomMessage& message) {
  in_flight_[message.message_id] = {message.row, !message.nick.empty()};
  port_->SendMessage(message, lifeline_.Bind<bool>([this, stay = stay_, id = message.message_id](
                                                       const absl::StatusOr<bool>& sent) {
    const auto found = in_flight_.find(id);
    if (found == in_flight_.end() || stay != stay_) return;
    if (!sent.ok()) {
      // Not on the stream: should that be resumed, this one is to be sent again.
      cursor_ = std::min(cursor_, found->second.row - 1);
      behind_ = true;
      in_flight_.erase(found);
    } else if (found->second.to_participant) {
      OnTaken(id);
    }
  }));
}

void RoomSender::OnTaken(const std::string& message_id) {
  in_flight_.erase(message_id);
  store_.Acknowledge(account_, message_id,
                     lifeline_.Bind<bool>([this, message_id](const auto& acknowledged) {
                       if (acknowledged.ok() && *acknowledged) {
                         on_delivery_(message_id, DeliveryStage::kServerAck);
                       }
                     }));
  Pump();
}

void RoomSender::OnConfirmed(const std::string& message_id) {
  in_flight_.erase(message_id);
  strange_.erase(message_id);
  on_delivery_(message_id, DeliveryStage::kServerAck);
  Pump();
}

bool RoomSender::OnRefused(const std::string& message_id, const StanzaError& error) {
  const auto sent = in_flight_.find(message_id);
  const bool to_participant = sent != in_flight_.end() && sent->second.to_participant;
  if (error.condition == "not-acceptable" && !to_participant) {
    // XEP-0045, section 7.4: said to who is not in the room. What an older stream sent is no news.
    if (sent == in_flight_.end()) return false;
    if (++strange_[message_id] < kMaximumStrange) return true;
  }
  if (sent != in_flight_.end()) in_flight_.erase(sent);
  strange_.erase(message_id);
  store_.Fail(account_, message_id, error,
              lifeline_.Bind<bool>([this, message_id](const auto& failed) {
                if (failed.ok() && *failed) on_delivery_(message_id, DeliveryStage::kFailed);
              }));
  Pump();
  return false;
}

}  // namespace chatwire::xmpp
