#include "common/clock.h"

#include "absl/time/clock.h"

namespace chatwire {

absl::Time SystemClock::Now() const { return absl::Now(); }

}  // namespace chatwire
