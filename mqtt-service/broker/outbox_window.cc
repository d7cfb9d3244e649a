#include "mqtt-service/broker/outbox_window.h"

namespace chatwire::mqtt {

void OutboxWindow::MarkReady(const std::string& key, const Lane& lane) {
  if (!lane.busy && !lane.waiting.empty()) ready_.emplace(lane.waiting.front().id, key);
}

void OutboxWindow::Unmark(const std::string& key, const Lane& lane) {
  if (!lane.waiting.empty()) ready_.erase({lane.waiting.front().id, key});
}

void OutboxWindow::Add(std::vector<OutboxMessage> messages) {
  for (OutboxMessage& message : messages) {
    last_id_ = message.id;
    const std::string key = message.ordering_key;
    Lane& lane = lanes_[key];
    Unmark(key, lane);
    if (message.coalesce) {
      size_ -= std::erase_if(lane.waiting, [&](const OutboxMessage& older) {
        return older.coalesce && older.topic == message.topic;
      });
    }
    lane.waiting.push_back(std::move(message));
    ++size_;
    MarkReady(key, lane);
  }
}

std::optional<OutboxMessage> OutboxWindow::TakeReady() {
  if (ready_.empty()) return std::nullopt;
  const std::string key = ready_.begin()->second;
  ready_.erase(ready_.begin());
  Lane& lane = lanes_[key];
  lane.busy = true;
  OutboxMessage message = std::move(lane.waiting.front());
  lane.waiting.pop_front();
  in_flight_.emplace(message.id, message);
  return message;
}

std::optional<OutboxMessage> OutboxWindow::Finish(int64_t id) {
  const auto found = in_flight_.find(id);
  if (found == in_flight_.end()) return std::nullopt;
  OutboxMessage message = std::move(found->second);
  in_flight_.erase(found);
  --size_;
  const auto lane = lanes_.find(message.ordering_key);
  lane->second.busy = false;
  MarkReady(lane->first, lane->second);
  if (lane->second.waiting.empty()) lanes_.erase(lane);
  return message;
}

}  // namespace chatwire::mqtt
