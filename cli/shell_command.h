#ifndef CHATWIRE_CLI_SHELL_COMMAND_H_
#define CHATWIRE_CLI_SHELL_COMMAND_H_

#include <map>
#include <string>

#include "absl/status/statusor.h"

namespace chatwire::cli {

/// How a command of the person's own ended.
struct ShellResult {
  /// As a shell counts it: 128 + the signal for one that was killed.
  int exit_code = 0;
  /// What it wrote to standard output, up to 1 MiB, where that was wanted.
  std::string output;
};

/// Whether the output is wanted, or goes where ours goes.
enum class ShellOutput { kInherit, kCapture };

/// Runs @p command by /bin/sh with @p input as standard input and the variables of @p environment
/// besides ours, and waits for its end. What comes from others belongs into @p input or
/// @p environment, never into @p command. Errors: UNKNOWN/FILE when it cannot be started.
absl::StatusOr<ShellResult> RunShell(const std::string& command, const std::string& input,
                                     const std::map<std::string, std::string>& environment,
                                     ShellOutput output);

}  // namespace chatwire::cli

#endif  // CHATWIRE_CLI_SHELL_COMMAND_H_
