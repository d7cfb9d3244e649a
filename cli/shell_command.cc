#include "cli/shell_command.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <vector>

#include "absl/strings/str_cat.h"
#include "cli/errors.h"

namespace chatwire::cli {
namespace {

constexpr size_t kLongestOutput = size_t{1} << 20;

absl::Status Failed(const std::string& command, int error) {
  return MakeError(absl::StatusCode::kUnknown, kFileReason,
                   absl::StrCat("cannot run \"", command, "\": ", std::strerror(error)));
}

/// A file in memory: a pipe could fill up while the command waits for us to read.
int InputFile(const std::string& input) {
  const int fd = memfd_create("chatwire-input", MFD_CLOEXEC);
  size_t done = 0;
  while (fd >= 0 && done < input.size()) {
    const ssize_t written = write(fd, input.data() + done, input.size() - done);
    if (written <= 0) break;
    done += static_cast<size_t>(written);
  }
  lseek(fd, 0, SEEK_SET);
  return fd;
}

std::vector<std::string> Environment(const std::map<std::string, std::string>& extra) {
  std::vector<std::string> all;
  for (char** variable = environ; *variable != nullptr; ++variable) all.emplace_back(*variable);
  for (const auto& [name, value] : extra) all.push_back(absl::StrCat(name, "=", value));
  return all;
}

/// Starts the shell; returns 0 or the error number.
int Spawn(const std::string& command, int input, int output, std::vector<std::string>& variables,
          pid_t* child) {
  posix_spawn_file_actions_t files;
  posix_spawn_file_actions_init(&files);
  posix_spawn_file_actions_adddup2(&files, input, STDIN_FILENO);
  if (output >= 0) posix_spawn_file_actions_adddup2(&files, output, STDOUT_FILENO);
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  // We ignore SIGPIPE; a command would inherit that and never end behind `| head`.
  sigset_t usual;
  sigemptyset(&usual);
  sigaddset(&usual, SIGPIPE);
  posix_spawnattr_setsigdefault(&attributes, &usual);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF);
  std::string shell = "/bin/sh";
  std::string option = "-c";
  std::string text = command;
  std::array<char*, 4> arguments = {shell.data(), option.data(), text.data(), nullptr};
  std::vector<char*> environment;
  for (std::string& variable : variables) environment.push_back(variable.data());
  environment.push_back(nullptr);
  const int error =
      posix_spawn(child, shell.c_str(), &files, &attributes, arguments.data(), environment.data());
  posix_spawn_file_actions_destroy(&files);
  posix_spawnattr_destroy(&attributes);
  return error;
}

std::string ReadUpTo(int fd, size_t limit) {
  std::string content;
  std::array<char, 4096> buffer = {};
  while (true) {
    const ssize_t got = read(fd, buffer.data(), buffer.size());
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return content;
    // Read to the end all the same: the command must be able to finish.
    if (content.size() < limit) content.append(buffer.data(), static_cast<size_t>(got));
  }
}

}  // namespace

absl::StatusOr<ShellResult> RunShell(const std::string& command, const std::string& input,
                                     const std::map<std::string, std::string>& environment,
                                     ShellOutput output) {
  std::array<int, 2> ends = {-1, -1};
  if (output == ShellOutput::kCapture && pipe2(ends.data(), O_CLOEXEC) != 0) {
    return Failed(command, errno);
  }
  const int file = InputFile(input);
  std::vector<std::string> variables = Environment(environment);
  pid_t child = 0;
  const int error = Spawn(command, file, ends[1], variables, &child);
  close(file);
  if (ends[1] >= 0) close(ends[1]);
  ShellResult result;
  if (error == 0 && ends[0] >= 0) result.output = ReadUpTo(ends[0], kLongestOutput);
  if (ends[0] >= 0) close(ends[0]);
  if (error != 0) return Failed(command, error);
  int status = 0;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  result.exit_code = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
  return result;
}

}  // namespace chatwire::cli
