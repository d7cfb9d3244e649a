#ifndef CHATWIRE_MQTT_SERVICE_THREADS_DEADLINE_TIMER_H_
#define CHATWIRE_MQTT_SERVICE_THREADS_DEADLINE_TIMER_H_

#include <atomic>

#include "absl/time/time.h"
#include "common/clock.h"
#include "mqtt-service/domain/deadline_rules.h"
#include "mqtt-service/domain/store.h"
#include "mqtt-service/threads/work_queue.h"

namespace chatwire::mqtt {

/// Applies DeadlineRules when a deadline has come, on the work queue's thread.
class DeadlineTimer {
 public:
  /// All arguments must outlive the work queue's thread.
  DeadlineTimer(Store& store, const DeadlineRules& rules, const Clock& clock, WorkQueue& queue,
                absl::Duration history_retention);

  /// Deals with what became due while the service was away, and goes on from there.
  void Start();

  /// For Store::AddListener.
  void OnCommit(const Commit& commit);

 private:
  void Check();
  void Purge();

  Store& store_;
  const DeadlineRules& rules_;
  const Clock& clock_;
  WorkQueue& queue_;
  const absl::Duration history_retention_;
  std::atomic<bool> posted_{false};
  /// The next time at which Check runs by itself. Used by the queue's thread only.
  absl::Time armed_ = absl::InfiniteFuture();
};

}  // namespace chatwire::mqtt

#endif  // CHATWIRE_MQTT_SERVICE_THREADS_DEADLINE_TIMER_H_
