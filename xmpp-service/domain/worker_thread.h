#ifndef CHATWIRE_XMPP_SERVICE_DOMAIN_WORKER_THREAD_H_
#define CHATWIRE_XMPP_SERVICE_DOMAIN_WORKER_THREAD_H_

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <map>
#include <thread>
#include <utility>

#include "common/mutex.h"
#include "xmpp-service/domain/executor.h"

namespace chatwire::xmpp {

/// An Executor on a plain thread of its own: for timers and for work that waits for a disk.
class WorkerThread final : public Executor {
 public:
  WorkerThread();
  /// Stops.
  ~WorkerThread() override;

  void Post(Function function) override;
  void PostAfter(absl::Duration delay, Function function) override;

  /// Runs what was posted, drops what was to come later, and joins. Idempotent; not from the thread
  /// itself.
  void Stop();

 private:
  using SteadyTime = std::chrono::steady_clock::time_point;

  void Run();
  /// The next function to run, or an empty one at the end.
  Function Next();

  Mutex mutex_;
  std::condition_variable changed_;
  std::deque<Function> queue_ ABSL_GUARDED_BY(mutex_);
  // The number keeps functions of the same moment in order.
  std::map<std::pair<SteadyTime, uint64_t>, Function> timers_ ABSL_GUARDED_BY(mutex_);
  uint64_t next_timer_ ABSL_GUARDED_BY(mutex_) = 0;
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  std::thread thread_;
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_DOMAIN_WORKER_THREAD_H_
