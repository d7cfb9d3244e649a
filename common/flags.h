#ifndef CHATWIRE_COMMON_FLAGS_H_
#define CHATWIRE_COMMON_FLAGS_H_

#include <string>
#include <vector>

#include "absl/status/status.h"

namespace chatwire {

/// Sets the Abseil flags from the environment and then from the command line, which wins.
///
/// A flag `state_dir` is the variable `CHATWIRE_STATE_DIR`. `--flagfile=PATH` works as everywhere
/// with Abseil flags. Secrets are given by the path of a file only: a variable or an argument shows
/// in `ps`.
///
/// Exits with 1 and a message on an unknown flag on the command line or a value that does not parse
/// (as Abseil does), and handles --help and --version. Errors: INVALID_ARGUMENT for a positional
/// argument, or for a variable whose value does not parse.
absl::Status LoadFlags(int argc, char** argv, const std::string& usage, const std::string& version);

/// Names of `CHATWIRE_` variables that are set and name no flag: most likely a typing error, to be
/// logged.
std::vector<std::string> UnknownEnvironment();

}  // namespace chatwire

#endif  // CHATWIRE_COMMON_FLAGS_H_
