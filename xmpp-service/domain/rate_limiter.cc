#include "xmpp-service/domain/rate_limiter.h"

#include <algorithm>

namespace chatwire::xmpp {

RateLimiter::RateLimiter(const Clock& clock, int per_minute)
    : clock_(clock), per_minute_(per_minute) {}

void RateLimiter::Refill(Bucket& bucket, absl::Time now) const {
  const double minutes = absl::ToDoubleMinutes(std::max(now - bucket.time, absl::ZeroDuration()));
  bucket.left = std::min<double>(per_minute_, bucket.left + minutes * per_minute_);
  bucket.time = now;
}

bool RateLimiter::Admit(const std::string& who) {
  const absl::Time now = clock_.Now();
  MutexLock lock(mutex_);
  if (buckets_.size() >= kMaximumBuckets && buckets_.count(who) == 0) {
    // Full ones say nothing that a new one would not.
    std::erase_if(buckets_, [&](auto& entry) {
      Refill(entry.second, now);
      return entry.second.left >= per_minute_;
    });
  }
  const bool told_apart = buckets_.size() < kMaximumBuckets || buckets_.count(who) > 0;
  const auto [entry, is_new] = buckets_.try_emplace(told_apart ? who : std::string());
  if (is_new) entry->second = {static_cast<double>(per_minute_), now};
  Refill(entry->second, now);
  if (entry->second.left < 1) return false;
  entry->second.left -= 1;
  return true;
}

}  // namespace chatwire::xmpp
