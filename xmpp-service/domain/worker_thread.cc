#include "xmpp-service/domain/worker_thread.h"

namespace chatwire::xmpp {

WorkerThread::WorkerThread() : thread_([this] { Run(); }) {}

WorkerThread::~WorkerThread() { Stop(); }

void WorkerThread::Post(Function function) {
  {
    MutexLock lock(mutex_);
    if (stopping_) return;
    queue_.push_back(std::move(function));
  }
  changed_.notify_one();
}

void WorkerThread::PostAfter(absl::Duration delay, Function function) {
  const SteadyTime due = std::chrono::steady_clock::now() + absl::ToChronoNanoseconds(delay);
  {
    MutexLock lock(mutex_);
    if (stopping_) return;
    timers_.emplace(std::make_pair(due, next_timer_++), std::move(function));
  }
  changed_.notify_one();
}

void WorkerThread::Stop() {
  decltype(timers_) dropped;
  {
    MutexLock lock(mutex_);
    stopping_ = true;
    dropped.swap(timers_);
  }
  changed_.notify_one();
  if (thread_.joinable()) thread_.join();
}

void WorkerThread::Run() {
  while (Function function = Next()) function();
}

WorkerThread::Function WorkerThread::Next() {
  MutexLock lock(mutex_);
  for (;;) {
    const auto first = timers_.begin();
    if (first != timers_.end() && first->first.first <= std::chrono::steady_clock::now()) {
      Function function = std::move(first->second);
      timers_.erase(first);
      return function;
    }
    if (!queue_.empty()) {
      Function function = std::move(queue_.front());
      queue_.pop_front();
      return function;
    }
    if (stopping_) return nullptr;
    if (first == timers_.end()) {
      changed_.wait(lock.native());
    } else {
      // A copy: the entry may be gone once the lock is released.
      const SteadyTime due = first->first.first;
      changed_.wait_until(lock.native(), due);
    }
  }
}

}  // namespace chatwire::xmpp
