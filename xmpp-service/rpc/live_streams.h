#ifndef CHATWIRE_XMPP_SERVICE_RPC_LIVE_STREAMS_H_
#define CHATWIRE_XMPP_SERVICE_RPC_LIVE_STREAMS_H_

#include <memory>
#include <vector>

#include "absl/status/status.h"
#include "common/mutex.h"

namespace chatwire::xmpp {

/// A streaming call that can be ended from outside.
class EndableStream {
 public:
  virtual ~EndableStream() = default;

  /// Thread-safe, idempotent.
  virtual void End(const absl::Status& status) = 0;
};

/// The streaming calls of a service, so that they can be told when it stops. Thread-safe.
class LiveStreams {
 public:
  /// A stream that comes after EndAll is ended at once.
  void Add(const std::shared_ptr<EndableStream>& stream);

  void EndAll(const absl::Status& status);

 private:
  Mutex mutex_;
  std::vector<std::weak_ptr<EndableStream>> streams_ ABSL_GUARDED_BY(mutex_);
  /// Not OK once EndAll was called.
  absl::Status end_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_RPC_LIVE_STREAMS_H_
