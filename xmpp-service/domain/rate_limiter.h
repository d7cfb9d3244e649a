#ifndef CHATWIRE_XMPP_SERVICE_DOMAIN_RATE_LIMITER_H_
#define CHATWIRE_XMPP_SERVICE_DOMAIN_RATE_LIMITER_H_

#include <cstddef>
#include <map>
#include <string>

#include "absl/time/time.h"
#include "common/clock.h"
#include "common/mutex.h"

namespace chatwire::xmpp {

/// How often each of many may do something: a bucket for each, full at first, which fills up again
/// within a minute. Thread-safe.
class RateLimiter {
 public:
  RateLimiter(const Clock& clock, int per_minute);

  int per_minute() const { return per_minute_; }

  /// Whether @p who may, now. Counts it if so.
  bool Admit(const std::string& who);

 private:
  struct Bucket {
    double left = 0;
    absl::Time time;
  };

  /// More than this many different ones within a minute are not told apart any more.
  static constexpr size_t kMaximumBuckets = 10'000;

  void Refill(Bucket& bucket, absl::Time now) const;

  const Clock& clock_;
  const int per_minute_;
  Mutex mutex_;
  std::map<std::string, Bucket> buckets_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_DOMAIN_RATE_LIMITER_H_
