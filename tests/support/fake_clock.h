#ifndef CHATWIRE_TESTS_SUPPORT_FAKE_CLOCK_H_
#define CHATWIRE_TESTS_SUPPORT_FAKE_CLOCK_H_

#include "common/clock.h"
#include "common/mutex.h"

namespace chatwire {

/// A clock that stands still until a test moves it. Thread-safe.
class FakeClock final : public Clock {
 public:
  explicit FakeClock(absl::Time start = absl::FromUnixSeconds(1'700'000'000)) : now_(start) {}

  absl::Time Now() const override {
    MutexLock lock(mutex_);
    return now_;
  }

  void Advance(absl::Duration step) {
    MutexLock lock(mutex_);
    now_ += step;
  }

 private:
  mutable Mutex mutex_;
  absl::Time now_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace chatwire

#endif  // CHATWIRE_TESTS_SUPPORT_FAKE_CLOCK_H_
