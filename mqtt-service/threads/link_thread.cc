#include "mqtt-service/threads/link_thread.h"

#include <string>
#include <utility>

#include "absl/time/clock.h"

namespace chatwire::mqtt {
namespace {

/// A link that lasted this long was good: the next attempt comes soon again.
constexpr absl::Duration kGoodAfter = absl::Seconds(10);

}  // namespace

Backoff LinkBackoff() {
  Backoff::Limits limits;
  limits.initial = absl::Milliseconds(500);
  limits.maximum = absl::Seconds(10);
  return Backoff(limits);
}

LinkThread::LinkThread(Link& link, LinkState& state, Backoff backoff)
    : link_(link), state_(state), backoff_(std::move(backoff)) {}

LinkThread::~LinkThread() { Stop(); }

void LinkThread::Start() {
  thread_ = std::thread([this] { Run(); });
}

void LinkThread::Stop() {
  {
    MutexLock lock(mutex_);
    stopping_ = true;
  }
  link_.Interrupt();
  stopped_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void LinkThread::Nudge() {
  {
    MutexLock lock(mutex_);
    nudged_ = true;
  }
  stopped_.notify_all();
}

void LinkThread::Run() {
  while (!Stopping()) {
    absl::Status status = link_.Open();
    if (status.ok()) {
      state_.Up();
      const absl::Time start = absl::Now();
      status = link_.Serve();
      if (absl::Now() - start >= kGoodAfter) backoff_.Reset();
    }
    link_.Close();
    if (Stopping()) break;
    state_.Down(std::string(status.message()));
    Pause(backoff_.Next());
  }
  state_.Stopped();
}

bool LinkThread::Stopping() {
  MutexLock lock(mutex_);
  return stopping_;
}

void LinkThread::Pause(absl::Duration wait) {
  MutexLock lock(mutex_);
  stopped_.wait_for(lock.native(), absl::ToChronoNanoseconds(wait),
                    [this]() ABSL_NO_THREAD_SAFETY_ANALYSIS { return stopping_ || nudged_; });
  nudged_ = false;
}

}  // namespace chatwire::mqtt
