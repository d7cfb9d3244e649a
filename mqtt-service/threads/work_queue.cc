#include "mqtt-service/threads/work_queue.h"

#include "absl/time/clock.h"

namespace chatwire::mqtt {

WorkQueue::WorkQueue() : thread_([this] { Run(); }) {}

WorkQueue::~WorkQueue() { Stop(); }

void WorkQueue::Post(Function function) { PostAt(absl::InfinitePast(), std::move(function)); }

void WorkQueue::PostAt(absl::Time time, Function function) {
  {
    MutexLock lock(mutex_);
    // A dropped function must not be destroyed under the lock: it may post.
    if (!stopping_) functions_.emplace(Key(time, next_++), std::move(function));
  }
  changed_.notify_one();
}

void WorkQueue::Stop() {
  std::map<Key, Function> dropped;
  {
    MutexLock lock(mutex_);
    stopping_ = true;
    dropped.swap(functions_);
  }
  changed_.notify_one();
  if (thread_.joinable()) thread_.join();
}

void WorkQueue::Run() {
  MutexLock lock(mutex_);
  while (!stopping_) {
    if (functions_.empty()) {
      changed_.wait(lock.native());
      continue;
    }
    const absl::Time due = functions_.begin()->first.first;
    if (due > absl::Now()) {
      changed_.wait_until(lock.native(), absl::ToChronoTime(due));
      continue;
    }
    {
      Function function = std::move(functions_.begin()->second);
      functions_.erase(functions_.begin());
      lock.native().unlock();
      function();
    }
    lock.native().lock();
  }
}

}  // namespace chatwire::mqtt
