#ifndef CHATWIRE_CLI_INTERRUPT_H_
#define CHATWIRE_CLI_INTERRUPT_H_

#include <functional>
#include <memory>
#include <thread>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/mutex.h"

namespace chatwire::cli {

/// Ends a stream when the person presses Ctrl-C (or the process gets SIGTERM or SIGHUP), or when
/// the reader of standard output has gone away: `chatwire watch | head -1` ends with its first
/// line, not with its second.
///
/// At most one exists at a time. Methods may be called from any thread.
class Interrupt {
 public:
  /// Takes over the signals and watches @p output_fd. Errors: INTERNAL when the system has no
  /// descriptors left.
  static absl::StatusOr<std::unique_ptr<Interrupt>> Start(int output_fd);

  /// Gives the signals back.
  ~Interrupt();

  Interrupt(const Interrupt&) = delete;
  Interrupt& operator=(const Interrupt&) = delete;

  /// @p cancel runs at the interrupt, at once when it has already come; nullptr: nothing to cancel
  /// any more. It runs on another thread, and never after the next call of this.
  void OnInterrupt(std::function<void()> cancel);

  /// Waits for an interrupt, at most @p duration. Returns whether it has come.
  bool WaitFor(absl::Duration duration);

  bool interrupted() const;

  /// CANCELLED/INTERRUPTED after a signal; OK after the end of the reader, which is no error, and
  /// before any.
  absl::Status status() const;

 private:
  Interrupt(int wake_read, int wake_write, int output_fd);
  void Watch(int output_fd);

  const int wake_read_;
  const int wake_write_;
  mutable Mutex mutex_;
  std::condition_variable changed_;
  bool interrupted_ ABSL_GUARDED_BY(mutex_) = false;
  bool by_signal_ ABSL_GUARDED_BY(mutex_) = false;
  std::function<void()> cancel_ ABSL_GUARDED_BY(mutex_);
  std::thread thread_;
};

}  // namespace chatwire::cli

#endif  // CHATWIRE_CLI_INTERRUPT_H_
