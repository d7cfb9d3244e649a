#ifndef CHATWIRE_MQTT_SERVICE_RPC_WATCH_HUB_H_
#define CHATWIRE_MQTT_SERVICE_RPC_WATCH_HUB_H_

#include <atomic>
#include <memory>
#include <set>

#include "absl/status/status.h"
#include "mqtt-service/domain/store.h"
#include "mqtt-service/threads/work_queue.h"

namespace chatwire::mqtt {

/// Somebody who wants to know that checkboxes changed. Called on the work queue's thread.
class Watcher {
 public:
  virtual ~Watcher() = default;

  virtual void Changed() = 0;
  virtual void End(const absl::Status& status) = 0;
};

/// Tells the watchers that there is something new; what, they read themselves.
class WatchHub {
 public:
  /// @p queue must outlive the hub.
  explicit WatchHub(WorkQueue& queue) : queue_(queue) {}

  /// On the work queue's thread only.
  void Add(std::shared_ptr<Watcher> watcher);
  void Remove(const std::shared_ptr<Watcher>& watcher);

  /// For Store::AddListener.
  void OnCommit(const Commit& commit);

  /// Ends every watch with UNAVAILABLE/SHUTTING_DOWN, and each that comes later. Thread-safe.
  void Shutdown();

 private:
  WorkQueue& queue_;
  std::atomic<bool> posted_{false};
  /// Used by the queue's thread only.
  std::set<std::shared_ptr<Watcher>> watchers_;
  bool shut_down_ = false;
};

}  // namespace chatwire::mqtt

#endif  // CHATWIRE_MQTT_SERVICE_RPC_WATCH_HUB_H_
