#include "cli/chat/ui_queue.h"

namespace chatwire::cli {

void UiQueue::Post(std::function<void()> function) {
  bool first = false;
  {
    MutexLock lock(mutex_);
    first = functions_.empty();
    functions_.push_back(std::move(function));
    added_.notify_all();
  }
  if (first && wake_ != nullptr) wake_();
}

bool UiQueue::RunAll() {
  std::deque<std::function<void()>> functions;
  {
    MutexLock lock(mutex_);
    functions.swap(functions_);
  }
  for (const auto& function : functions) function();
  return !functions.empty();
}

void UiQueue::WaitFor(absl::Duration duration) {
  MutexLock lock(mutex_);
  added_.wait_for(lock.native(), absl::ToChronoNanoseconds(duration),
                  [this]() ABSL_NO_THREAD_SAFETY_ANALYSIS { return !functions_.empty(); });
}

}  // namespace chatwire::cli
