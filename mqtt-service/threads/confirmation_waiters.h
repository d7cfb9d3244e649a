#ifndef CHATWIRE_MQTT_SERVICE_THREADS_CONFIRMATION_WAITERS_H_
#define CHATWIRE_MQTT_SERVICE_THREADS_CONFIRMATION_WAITERS_H_

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "common/completion.h"
#include "mqtt-service/domain/store.h"
#include "mqtt-service/threads/work_queue.h"

namespace chatwire::mqtt {

/// Calls that wait for the end of a command. All methods but OnCommit: on the work queue's thread
/// only.
class ConfirmationWaiters {
 public:
  /// True: the device has confirmed. False: it will not, or not in time.
  using Done = Completion<bool>;

  /// @p store and @p queue must outlive the object.
  ConfirmationWaiters(Store& store, WorkQueue& queue) : store_(store), queue_(queue) {}

  /// Calls @p done when the command @p id has ended, or at @p deadline.
  void Wait(const std::string& id, absl::Time deadline, Done done);

  /// For Store::AddListener.
  void OnCommit(const Commit& commit);

 private:
  struct Waiter {
    std::string command_id;
    Done done;
  };

  void Ended(const std::vector<std::string>& ids);
  void TimeOut(int64_t key);
  void Finish(int64_t key, absl::StatusOr<bool> confirmed);
  /// Nothing where the command has not ended.
  absl::StatusOr<std::optional<bool>> HowItEnded(const std::string& id);

  Store& store_;
  WorkQueue& queue_;
  std::map<int64_t, Waiter> waiters_;
  std::multimap<std::string, int64_t> by_command_;
  int64_t next_key_ = 0;
};

}  // namespace chatwire::mqtt

#endif  // CHATWIRE_MQTT_SERVICE_THREADS_CONFIRMATION_WAITERS_H_
