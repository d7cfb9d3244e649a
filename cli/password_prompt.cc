#include "cli/password_prompt.h"

#include <fcntl.h>
#include <termios.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <optional>

#include "absl/strings/str_cat.h"
#include "cli/errors.h"
#include "cli/translate.h"
#include "common/secret_file.h"

namespace chatwire::cli {
namespace {

constexpr std::array<int, 5> kSignals = {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP};

/// Longer than any password that the service takes (1,024 bytes).
constexpr size_t kLongestLine = 4096;

volatile std::sig_atomic_t g_signal = 0;

void OnSignal(int signal) { g_signal = signal; }

/// Notes signals instead of following them, so that the terminal can be put right first.
class SignalHold {
 public:
  SignalHold() {
    g_signal = 0;
    struct sigaction action = {};
    action.sa_handler = OnSignal;  // Without SA_RESTART: read() must return.
    for (size_t i = 0; i < kSignals.size(); ++i) sigaction(kSignals[i], &action, &old_[i]);
  }
  ~SignalHold() {
    for (size_t i = 0; i < kSignals.size(); ++i) sigaction(kSignals[i], &old_[i], nullptr);
  }
  SignalHold(const SignalHold&) = delete;
  SignalHold& operator=(const SignalHold&) = delete;

 private:
  std::array<struct sigaction, kSignals.size()> old_ = {};
};

/// Switches the echo off, and back on at the end.
class EchoOff {
 public:
  explicit EchoOff(int fd) : fd_(fd), changed_(tcgetattr(fd, &old_) == 0) {
    if (!changed_) return;
    termios quiet = old_;
    quiet.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    quiet.c_lflag |= ECHONL | ICANON | ISIG;
    // FLUSH: what was typed before the prompt is no password.
    tcsetattr(fd, TCSAFLUSH, &quiet);
  }
  ~EchoOff() {
    if (changed_) tcsetattr(fd_, TCSAFLUSH, &old_);
  }
  EchoOff(const EchoOff&) = delete;
  EchoOff& operator=(const EchoOff&) = delete;

 private:
  int fd_;
  termios old_ = {};
  bool changed_;
};

void Write(int fd, const std::string& text) {
  static_cast<void>(write(fd, text.data(), text.size()) < 0);
}

/// Reads up to a line break, the end, or a signal, one byte at a time: what follows is not ours.
std::string ReadLine(int fd) {
  std::string line;
  char c = 0;
  while (g_signal == 0 && line.size() < kLongestLine) {
    const ssize_t got = read(fd, &c, 1);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0 || c == '\n') break;
    line += c;
  }
  if (!line.empty() && line.back() == '\r') line.pop_back();
  return line;
}

absl::Status Empty(const std::string& where) {
  return MakeError(absl::StatusCode::kInvalidArgument, kUsageReason,
                   absl::StrCat("the password from ", where, " is empty"));
}

absl::StatusOr<std::string> AskLine(int tty_fd, const std::string& prompt, Echo echo) {
  while (true) {
    std::string line;
    int signal = 0;
    {
      const SignalHold hold;
      std::optional<EchoOff> quiet;
      if (echo == Echo::kOff) quiet.emplace(tty_fd);
      Write(tty_fd, prompt);
      line = ReadLine(tty_fd);
      signal = g_signal;
      if (signal != 0) Write(tty_fd, "\n");
    }
    if (signal == SIGTSTP) {
      // Stops here. After `fg` the person is asked again.
      raise(SIGTSTP);
      continue;
    }
    if (signal != 0) {
      return MakeError(absl::StatusCode::kCancelled, kInterruptedReason, "interrupted");
    }
    return line;
  }
}

absl::StatusOr<int> OpenTerminal(const std::string& instead) {
  const int tty = open("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC);
  if (tty >= 0) return tty;
  return MakeError(absl::StatusCode::kInvalidArgument, kNoTerminalReason,
                   absl::StrCat("there is no terminal to ask; ", instead));
}

}  // namespace

absl::StatusOr<std::string> AskOnTerminal(int tty_fd, const std::string& prompt) {
  auto line = AskLine(tty_fd, prompt, Echo::kOff);
  if (line.ok() && line->empty()) return Empty("the terminal");
  return line;
}

absl::StatusOr<std::string> Ask(const std::string& prompt, Echo echo) {
  const auto tty = OpenTerminal("give what is missing with --field NAME=VALUE");
  if (!tty.ok()) return tty.status();
  auto line = AskLine(*tty, prompt, echo);
  close(*tty);
  return line;
}

absl::StatusOr<std::string> ReadPassword(const PasswordSource& source, int stdin_fd,
                                         const std::string& prompt) {
  if (!source.file.empty()) {
    const auto secret = ReadSecretFile(source.file);
    if (secret.ok()) return secret->substr(0, secret->find('\n'));
    return MakeError(absl::StatusCode::kInvalidArgument, kUsageReason,
                     absl::StrCat(secret.status().message(), "; see --password-file"));
  }
  if (source.from_stdin) {
    g_signal = 0;
    std::string line = ReadLine(stdin_fd);
    if (line.empty()) return Empty("standard input");
    return line;
  }
  const auto tty =
      OpenTerminal(Tr("give the password with --password-file FILE or --password-stdin"));
  if (!tty.ok()) return tty.status();
  auto password = AskOnTerminal(*tty, prompt);
  close(*tty);
  return password;
}

absl::StatusOr<std::string> ReadNewPassword(const PasswordSource& source, int stdin_fd,
                                            const std::string& prompt) {
  auto password = ReadPassword(source, stdin_fd, prompt);
  if (!password.ok() || !source.file.empty() || source.from_stdin) return password;
  const auto again = ReadPassword(source, stdin_fd, Tr("The same again: "));
  if (!again.ok()) return again;
  if (*again == *password) return password;
  return MakeError(absl::StatusCode::kInvalidArgument, kUsageReason,
                   Tr("the two passwords are not the same; nothing was changed"));
}

}  // namespace chatwire::cli
