#include "cli/interrupt.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <utility>

#include "cli/errors.h"

namespace chatwire::cli {
namespace {

constexpr std::array<int, 3> kSignals = {SIGINT, SIGTERM, SIGHUP};
constexpr char kSignalled = 's';
constexpr char kQuit = 'q';

/// Where the signal handler writes to. A handler can reach nothing but globals.
std::atomic<int> g_wake_fd{-1};

void OnSignal(int /*signal*/) {
  const int saved_errno = errno;
  // The pipe does not block, and one byte in it is enough.
  static_cast<void>(write(g_wake_fd.load(), &kSignalled, 1) == 1);
  errno = saved_errno;
}

void SetHandlers(void (*handler)(int)) {
  struct sigaction action = {};
  action.sa_handler = handler;
  action.sa_flags = SA_RESTART;
  for (const int signal : kSignals) sigaction(signal, &action, nullptr);
}

/// Only pipes and sockets tell that their reader is gone.
bool TellsItsEnd(int fd) {
  struct stat info = {};
  return fstat(fd, &info) == 0 && (S_ISFIFO(info.st_mode) || S_ISSOCK(info.st_mode));
}

}  // namespace

absl::StatusOr<std::unique_ptr<Interrupt>> Interrupt::Start(int output_fd) {
  std::array<int, 2> ends = {};
  if (pipe2(ends.data(), O_CLOEXEC | O_NONBLOCK) != 0) {
    return absl::ErrnoToStatus(errno, "cannot make a pipe");
  }
  return std::unique_ptr<Interrupt>(new Interrupt(ends[0], ends[1], output_fd));
}

Interrupt::Interrupt(int wake_read, int wake_write, int output_fd)
    : wake_read_(wake_read), wake_write_(wake_write) {
  g_wake_fd = wake_write;
  SetHandlers(OnSignal);
  thread_ = std::thread([this, output_fd] { Watch(TellsItsEnd(output_fd) ? output_fd : -1); });
}

Interrupt::~Interrupt() {
  SetHandlers(SIG_DFL);
  g_wake_fd = -1;
  static_cast<void>(write(wake_write_, &kQuit, 1) == 1);
  thread_.join();
  close(wake_read_);
  close(wake_write_);
}

void Interrupt::Watch(int output_fd) {
  // Without events only errors and hang-ups end the poll. A negative descriptor is left out.
  std::array<pollfd, 2> fds = {pollfd{wake_read_, POLLIN, 0}, pollfd{output_fd, 0, 0}};
  while (poll(fds.data(), fds.size(), -1) < 0 && errno == EINTR) {
  }
  char byte = 0;
  const bool woken = (fds[0].revents & POLLIN) != 0 && read(wake_read_, &byte, 1) == 1;
  if (woken && byte == kQuit) return;
  MutexLock lock(mutex_);
  interrupted_ = true;
  by_signal_ = woken;
  if (cancel_ != nullptr) cancel_();
  changed_.notify_all();
}

void Interrupt::OnInterrupt(std::function<void()> cancel) {
  MutexLock lock(mutex_);
  cancel_ = std::move(cancel);
  if (interrupted_ && cancel_ != nullptr) cancel_();
}

bool Interrupt::WaitFor(absl::Duration duration) {
  MutexLock lock(mutex_);
  changed_.wait_for(lock.native(), absl::ToChronoNanoseconds(duration),
                    [this]() ABSL_NO_THREAD_SAFETY_ANALYSIS { return interrupted_; });
  return interrupted_;
}

bool Interrupt::interrupted() const {
  MutexLock lock(mutex_);
  return interrupted_;
}

absl::Status Interrupt::status() const {
  MutexLock lock(mutex_);
  if (!by_signal_) return absl::OkStatus();
  return MakeError(absl::StatusCode::kCancelled, kInterruptedReason, "interrupted");
}

}  // namespace chatwire::cli
