#ifndef CHATWIRE_CLI_PASSWORD_PROMPT_H_
#define CHATWIRE_CLI_PASSWORD_PROMPT_H_

#include <string>

#include "absl/status/statusor.h"

namespace chatwire::cli {

/// Where a password comes from. Never from an argument or a variable: those show in `ps`.
struct PasswordSource {
  /// File whose first line it is. Wins over the prompt.
  std::string file;
  /// The first line of standard input is it.
  bool from_stdin = false;
};

/// Reads a password from @p source, else asks for it on the controlling terminal (/dev/tty).
///
/// Errors: INVALID_ARGUMENT/USAGE for a file that cannot be read or an empty one,
/// INVALID_ARGUMENT/NO_TERMINAL, CANCELLED/INTERRUPTED. No error contains the password.
absl::StatusOr<std::string> ReadPassword(const PasswordSource& source, int stdin_fd,
                                         const std::string& prompt);

/// Asks twice on the terminal for a new password where @p source names none.
absl::StatusOr<std::string> ReadNewPassword(const PasswordSource& source, int stdin_fd,
                                            const std::string& prompt);

/// Whether what is typed shows.
enum class Echo { kOff, kOn };

/// Asks for something that is no secret on the controlling terminal. The answer may be empty.
/// Errors: INVALID_ARGUMENT/NO_TERMINAL, CANCELLED/INTERRUPTED.
absl::StatusOr<std::string> Ask(const std::string& prompt, Echo echo);

/// Shows @p prompt on the terminal @p tty_fd and reads a line, which is not empty.
///
/// The terminal is put back into its old state in every case, also on Ctrl-C, on Ctrl-Z and when
/// the process is asked to end. Blocks; one thread at a time.
absl::StatusOr<std::string> AskOnTerminal(int tty_fd, const std::string& prompt);

}  // namespace chatwire::cli

#endif  // CHATWIRE_CLI_PASSWORD_PROMPT_H_
