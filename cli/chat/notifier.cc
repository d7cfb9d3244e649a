#include "cli/chat/notifier.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdlib>

#include "absl/strings/str_cat.h"
#include "cli/chat/screen_text.h"
#include "cli/printable.h"

namespace chatwire::cli {
namespace {

constexpr int kMostColumns = 120;

}  // namespace

std::string NotificationSequence(const std::string& text) {
  // The terminal library has neither. "chatwire: " keeps the text from being one of the commands
  // that some terminals take behind OSC 9, which begin with a number.
  return absl::StrCat("\a\x1b]9;chatwire: ", Fitted(Printable(text), kMostColumns), "\x1b\\");
}

void NotifyDesktop(const std::string& title, const std::string& text) {
  const bool desktop =
      std::getenv("DISPLAY") != nullptr || std::getenv("WAYLAND_DISPLAY") != nullptr;
  if (!desktop) return;
  // The ones before have mostly ended.
  while (waitpid(-1, nullptr, WNOHANG) > 0) {
  }
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  for (const int fd : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    posix_spawn_file_actions_addopen(&actions, fd, "/dev/null", O_RDWR, 0);
  }
  std::string program = "notify-send";
  std::string name = "--app-name=chatwire";
  std::string end = "--";
  std::string summary = Fitted(Printable(title), kMostColumns);
  std::string body = Fitted(Printable(text), kMostColumns);
  const std::array<char*, 6> arguments = {program.data(), name.data(), end.data(),
                                          summary.data(), body.data(), nullptr};
  pid_t pid = 0;
  // Where it is not installed nobody misses it.
  static_cast<void>(
      posix_spawnp(&pid, program.c_str(), &actions, nullptr, arguments.data(), environ));
  posix_spawn_file_actions_destroy(&actions);
}

}  // namespace chatwire::cli
