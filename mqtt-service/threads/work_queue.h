#ifndef CHATWIRE_MQTT_SERVICE_THREADS_WORK_QUEUE_H_
#define CHATWIRE_MQTT_SERVICE_THREADS_WORK_QUEUE_H_

#include <condition_variable>
#include <cstdint>
#include <map>
#include <thread>
#include <utility>

#include "absl/functional/any_invocable.h"
#include "absl/time/time.h"
#include "common/mutex.h"

namespace chatwire::mqtt {

/// One thread that runs functions one after the other, now or at a time: the store's thread. RPC
/// handlers hand their work over to it, and everything that waits for a time waits here.
///
/// Functions that have not run when the queue stops are destroyed, not run: give them a Completion.
class WorkQueue {
 public:
  using Function = absl::AnyInvocable<void()>;

  WorkQueue();
  ~WorkQueue();
  WorkQueue(const WorkQueue&) = delete;
  WorkQueue& operator=(const WorkQueue&) = delete;

  /// Runs @p function soon, in the order of the calls. Thread-safe, never blocks.
  void Post(Function function);

  /// Runs @p function at @p time of the machine's clock or a little later. Thread-safe, never
  /// blocks.
  void PostAt(absl::Time time, Function function);

  /// Ends the thread after the function that runs; drops the others, and all that are posted later.
  void Stop();

 private:
  /// When, and which of those at the same time is first.
  using Key = std::pair<absl::Time, int64_t>;

  void Run();

  Mutex mutex_;
  std::condition_variable changed_;
  std::map<Key, Function> functions_ ABSL_GUARDED_BY(mutex_);
  int64_t next_ ABSL_GUARDED_BY(mutex_) = 0;
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  std::thread thread_;
};

}  // namespace chatwire::mqtt

#endif  // CHATWIRE_MQTT_SERVICE_THREADS_WORK_QUEUE_H_
