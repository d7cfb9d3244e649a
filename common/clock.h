#ifndef CHATWIRE_COMMON_CLOCK_H_
#define CHATWIRE_COMMON_CLOCK_H_

#include "absl/time/time.h"

namespace chatwire {

/// What time it is. Injected, so that tests need not wait.
class Clock {
 public:
  virtual ~Clock() = default;

  /// The wall-clock time. Thread-safe.
  virtual absl::Time Now() const = 0;
};

/// The machine's clock.
class SystemClock final : public Clock {
 public:
  absl::Time Now() const override;
};

}  // namespace chatwire

#endif  // CHATWIRE_COMMON_CLOCK_H_
