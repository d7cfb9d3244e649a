#ifndef CHATWIRE_MQTT_SERVICE_BROKER_OUTBOX_WINDOW_H_
#define CHATWIRE_MQTT_SERVICE_BROKER_OUTBOX_WINDOW_H_

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "mqtt-service/domain/outbox.h"

namespace chatwire::mqtt {

/// The part of the outbox that is in memory, and which of it may be published next: messages of one
/// ordering key one after the other, otherwise the oldest first.
///
/// Not thread-safe.
class OutboxWindow {
 public:
  /// Takes messages in the order of their ids, all after LastId. A coalescing message replaces
  /// those of its key and topic that are not in flight.
  void Add(std::vector<OutboxMessage> messages);

  /// The greatest id that was ever added; 0: none.
  int64_t LastId() const { return last_id_; }

  /// The next message that may be published; it is in flight from now on.
  std::optional<OutboxMessage> TakeReady();

  /// Message @p id, which is in flight, is done with. Returns it; nothing where it is not in
  /// flight.
  std::optional<OutboxMessage> Finish(int64_t id);

  size_t size() const { return size_; }
  size_t in_flight() const { return in_flight_.size(); }

 private:
  struct Lane {
    std::deque<OutboxMessage> waiting;
    bool busy = false;
  };

  void MarkReady(const std::string& key, const Lane& lane);
  void Unmark(const std::string& key, const Lane& lane);

  std::map<std::string, Lane> lanes_;
  /// First waiting message of each lane that is not busy.
  std::set<std::pair<int64_t, std::string>> ready_;
  std::map<int64_t, OutboxMessage> in_flight_;
  int64_t last_id_ = 0;
  size_t size_ = 0;
};

}  // namespace chatwire::mqtt

#endif  // CHATWIRE_MQTT_SERVICE_BROKER_OUTBOX_WINDOW_H_
