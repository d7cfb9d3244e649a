#ifndef CHATWIRE_CLI_EXIT_CODE_H_
#define CHATWIRE_CLI_EXIT_CODE_H_

#include "absl/status/status.h"

namespace chatwire::cli {

/// What the program ends with. The numbers are API: scripts test them, and docs/cli.md lists them.
enum class ExitCode {
  kOk = 0,
  /// Anything that has no number of its own.
  kOther = 1,
  /// The command line, the config file, or a value that the service refuses.
  kUsage = 2,
  /// No token, an unknown one, a wrong password, or a right that the token lacks.
  kPermission = 3,
  kNotFound = 4,
  /// It exists already, or its state does not allow this.
  kConflict = 5,
  /// The service, or the XMPP server behind it, cannot be reached.
  kUnavailable = 6,
  /// Out of time: no answer, no acknowledgement (NO_ACK), or no report of the device
  /// (NOT_CONFIRMED).
  kNotConfirmed = 7,
  /// Ctrl-C, as shells count it (128 + SIGINT).
  kInterrupted = 130,
};

/// The exit code that tells @p status.
ExitCode ExitCodeOf(const absl::Status& status);

}  // namespace chatwire::cli

#endif  // CHATWIRE_CLI_EXIT_CODE_H_
