#ifndef CHATWIRE_MQTT_SERVICE_THREADS_LINK_THREAD_H_
#define CHATWIRE_MQTT_SERVICE_THREADS_LINK_THREAD_H_

#include <condition_variable>
#include <thread>

#include "absl/status/status.h"
#include "common/backoff.h"
#include "common/mutex.h"
#include "mqtt-service/domain/link_state.h"

namespace chatwire::mqtt {

/// A connection that has to be there all the time.
class Link {
 public:
  virtual ~Link() = default;

  /// Connects. Blocks until that has worked or failed; returns soon after Interrupt.
  virtual absl::Status Open() = 0;

  /// Works until the connection is lost (the reason is returned) or Interrupt was called.
  virtual absl::Status Serve() = 0;

  /// Frees what Open and Serve left behind, whether they worked or not.
  virtual void Close() = 0;

  /// Makes Open and Serve return, now and from now on. Called from another thread.
  virtual void Interrupt() = 0;
};

/// A thread that keeps a Link open, with back-off between attempts.
class LinkThread {
 public:
  /// @p link and @p state must outlive the thread.
  LinkThread(Link& link, LinkState& state, Backoff backoff);
  ~LinkThread();

  void Start();
  /// Tries again at once where it waits between attempts: the other side is there again.
  /// Thread-safe, never blocks.
  void Nudge();
  /// Ends the thread; returns when it has ended. Idempotent.
  void Stop();

 private:
  void Run();
  bool Stopping();
  void Pause(absl::Duration wait);

  Link& link_;
  LinkState& state_;
  Backoff backoff_;
  Mutex mutex_;
  std::condition_variable stopped_;
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  bool nudged_ ABSL_GUARDED_BY(mutex_) = false;
  std::thread thread_;
};

/// Back-off for links to services that are usually near: 0.5 s to 10 s.
Backoff LinkBackoff();

}  // namespace chatwire::mqtt

#endif  // CHATWIRE_MQTT_SERVICE_THREADS_LINK_THREAD_H_
