#ifndef CHATWIRE_CLI_CHAT_UI_QUEUE_H_
#define CHATWIRE_CLI_CHAT_UI_QUEUE_H_

#include <deque>
#include <functional>
#include <utility>

#include "absl/time/time.h"
#include "common/mutex.h"

namespace chatwire::cli {

/// Functions that other threads want to have run on the thread that shows something. Thread-safe.
class UiQueue {
 public:
  /// @p wake is called, on the caller's thread, when something was put into the empty queue.
  explicit UiQueue(std::function<void()> wake = nullptr) : wake_(std::move(wake)) {}

  void Post(std::function<void()> function);

  /// Runs what is there; call on the thread that shows. Returns whether there was anything.
  bool RunAll();

  /// Waits until something is there, at most @p duration.
  void WaitFor(absl::Duration duration);

 private:
  const std::function<void()> wake_;
  Mutex mutex_;
  std::condition_variable added_;
  std::deque<std::function<void()>> functions_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace chatwire::cli

#endif  // CHATWIRE_CLI_CHAT_UI_QUEUE_H_
