#ifndef CHATWIRE_XMPP_SERVICE_RPC_WATCH_REACTOR_H_
#define CHATWIRE_XMPP_SERVICE_RPC_WATCH_REACTOR_H_

#include <grpcpp/support/server_callback.h>

#include <chrono>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>

#include "absl/time/time.h"
#include "chatwire/xmpp/v1/event_service.pb.h"
#include "common/mutex.h"
#include "xmpp-service/domain/event_log.h"
#include "xmpp-service/domain/executor.h"

namespace chatwire::xmpp {

/// One follower of the event log.
///
/// The log is the buffer: at most one page of events is in memory, and the next one is read when
/// that was written. So a slow follower costs disk. Owns itself until gRPC is done with it;
/// functions that come back later hold it by shared_ptr. The log and gRPC are called without the
/// lock.
class WatchReactor final : public grpc::ServerWriteReactor<v1::WatchEventsResponse>,
                           public EventLogListener,
                           public std::enable_shared_from_this<WatchReactor> {
 public:
  struct Options {
    EventQuery query;
    absl::Duration heartbeat;
    /// Runs when the follower is gone.
    std::function<void(WatchReactor*)> on_gone;
  };

  static std::shared_ptr<WatchReactor> Make(EventLog& log, Executor& timers, Options options);

  /// Starts to send; the first response goes out at once.
  void Start();

  /// Ends the stream. Thread-safe, idempotent.
  void End(const absl::Status& status);

  void OnCommitted(int64_t last_sequence) override;

  // From gRPC.
  void OnWriteDone(bool ok) override;
  void OnCancel() override;
  void OnDone() override;

 private:
  WatchReactor(EventLog& log, Executor& timers, Options options);

  /// Does what is to be done next: write, read or wait. Not on the log's thread.
  void Advance();
  /// Claims the right to read. Whether there is anything to read.
  bool ClaimRead() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void Read();
  void OnPage(absl::StatusOr<EventPage> page);
  /// Sees to it that the stream is never silent for longer than wanted. One timer at a time.
  void WatchSilence(absl::Duration delay);
  void OnTimer();
  /// Prepares the next response. Whether there is one.
  bool NextResponse() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  EventLog& log_;
  Executor& timers_;
  const Options options_;

  Mutex mutex_;
  std::shared_ptr<WatchReactor> self_ ABSL_GUARDED_BY(mutex_);
  EventQuery query_ ABSL_GUARDED_BY(mutex_);
  std::deque<StoredEvent> events_ ABSL_GUARDED_BY(mutex_);
  v1::WatchEventsResponse response_ ABSL_GUARDED_BY(mutex_);
  /// Everything up to here was written, or left out by the filter.
  int64_t position_ ABSL_GUARDED_BY(mutex_);
  int64_t available_ ABSL_GUARDED_BY(mutex_);
  std::chrono::steady_clock::time_point last_write_ ABSL_GUARDED_BY(mutex_);
  bool reading_ ABSL_GUARDED_BY(mutex_) = false;
  bool writing_ ABSL_GUARDED_BY(mutex_) = false;
  bool heartbeat_due_ ABSL_GUARDED_BY(mutex_) = true;
  bool finished_ ABSL_GUARDED_BY(mutex_) = false;
  absl::Status end_status_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_RPC_WATCH_REACTOR_H_
