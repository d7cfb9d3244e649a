#ifndef CHATWIRE_CLI_USAGE_ERROR_H_
#define CHATWIRE_CLI_USAGE_ERROR_H_

#include <CLI/CLI.hpp>

#include "absl/status/status.h"

namespace chatwire::cli {

/// Says in one line what is wrong with the command line that @p app refused with @p error, what was
/// most likely meant, and where the right form stands. INVALID_ARGUMENT/USAGE.
absl::Status UsageError(const CLI::App& app, const CLI::ParseError& error);

}  // namespace chatwire::cli

#endif  // CHATWIRE_CLI_USAGE_ERROR_H_
