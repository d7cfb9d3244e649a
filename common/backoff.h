#ifndef CHATWIRE_COMMON_BACKOFF_H_
#define CHATWIRE_COMMON_BACKOFF_H_

#include <functional>

#include "absl/time/time.h"

namespace chatwire {

/// Exponential back-off with full jitter: the wait is drawn evenly from [floor, bound], and the
/// bound doubles with every failure. Full jitter keeps a thousand accounts from coming back in step
/// after a server's restart.
///
/// Not thread-safe.
class Backoff {
 public:
  struct Limits {
    /// First bound, and the floor of every wait is a tenth of it.
    absl::Duration initial = absl::Seconds(1);
    /// The bound stops growing here.
    absl::Duration maximum = absl::Minutes(5);
  };

  /// Draws from [0, 1). Injected, so that tests know the wait.
  using Random = std::function<double()>;

  explicit Backoff(Limits limits, Random random = DefaultRandom());

  /// The wait before the next attempt.
  absl::Duration Next();

  /// Call after success: the next wait is short again.
  void Reset();

  /// A generator seeded from the system.
  static Random DefaultRandom();

 private:
  Limits limits_;
  Random random_;
  absl::Duration bound_;
};

}  // namespace chatwire

#endif  // CHATWIRE_COMMON_BACKOFF_H_
