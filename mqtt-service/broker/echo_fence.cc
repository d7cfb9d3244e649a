#include "mqtt-service/broker/echo_fence.h"

#include "absl/log/log.h"
#include "common/uuid.h"
#include "mqtt-service/domain/announcer.h"

namespace chatwire::mqtt {

EchoFence::EchoFence(Store& store, const DeadlineRules& deadline_rules, const Topics& topics)
    : store_(store), deadline_rules_(deadline_rules), topics_(topics) {}

void EchoFence::LinkUp(bool new_session) {
  {
    MutexLock lock(mutex_);
    link_up_ = session_ = true;
    refused_ = absl::OkStatus();
    if (new_session) ++generation_;
    // One that was published into a session which is gone does not come back.
    marker_due_ = true;
  }
  listener_();
}

void EchoFence::LinkDown(const absl::Status& status) {
  {
    MutexLock lock(mutex_);
    link_up_ = false;
    if (absl::IsPermissionDenied(status)) refused_ = status;
  }
  listener_();
}

void EchoFence::Handle(const InboundMessage& message) {
  if (message.topic == topics_.BridgeFence()) {
    {
      MutexLock lock(mutex_);
      if (nonce_.empty() || message.payload != nonce_) return;
      marker_seen_ = true;
    }
    listener_();
    return;
  }
  if (message.correlation_data.empty()) return;
  Acknowledge(message.topic, message.correlation_data);
}

/// Without a commit where the publisher has noted the acknowledgement already, as it mostly has.
void EchoFence::Acknowledge(const std::string& topic, const std::string& command_id) {
  bool news = false;
  absl::Status status = store_.Read([&](Transaction& transaction) {
    const auto command = transaction.commands().Find(command_id);
    if (!command.has_value()) return absl::OkStatus();
    const auto checkbox = transaction.checkboxes().Find(command->checkbox);
    // Somebody else may say our id anywhere.
    news = checkbox.has_value() && CommandTopic(topics_, *checkbox) == topic &&
           command->publish_stage == PublishStage::kInOutbox;
    return absl::OkStatus();
  });
  if (status.ok() && news) {
    status = store_.Write([&](Transaction& transaction) {
      transaction.outbox().RemoveCommand(command_id);
      deadline_rules_.Published(transaction, command_id);
      return absl::OkStatus();
    });
  }
  if (!status.ok()) LOG(ERROR) << "MQTT: an echo: " << status.message();
}

void EchoFence::Begin(bool in_doubt) {
  MutexLock lock(mutex_);
  in_doubt_ = in_doubt;
  nonce_ = in_doubt ? RandomUuid() : "";
  marker_seen_ = false;
  marker_due_ = true;
}

std::optional<OutboxMessage> EchoFence::NextMarker() {
  MutexLock lock(mutex_);
  if (!in_doubt_ || !link_up_ || !marker_due_) return std::nullopt;
  marker_due_ = false;
  OutboxMessage marker;
  marker.id = kMarkerId;
  marker.topic = topics_.BridgeFence();
  marker.payload = nonce_;
  return marker;
}

bool EchoFence::Passed() const {
  MutexLock lock(mutex_);
  return in_doubt_ ? marker_seen_ : session_;
}

absl::Status EchoFence::Hopeless() const {
  MutexLock lock(mutex_);
  return refused_;
}

bool EchoFence::EvidenceLost() const {
  MutexLock lock(mutex_);
  return in_doubt_ && generation_ != covered_generation_;
}

void EchoFence::End() {
  MutexLock lock(mutex_);
  covered_generation_ = generation_;
  nonce_.clear();
}

}  // namespace chatwire::mqtt
