#ifndef CHATWIRE_CLI_INPUT_H_
#define CHATWIRE_CLI_INPUT_H_

#include <functional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace chatwire::cli {

/// All of standard input as text: UTF-8, one line break at its end left out.
/// Errors: INVALID_ARGUMENT/USAGE for more than 1 MiB and for what is not UTF-8.
absl::StatusOr<std::string> ReadText(int fd);

/// The bytes of the file @p path, or of @p stdin_fd for `-`; at most 16 MiB.
/// Errors: INVALID_ARGUMENT/USAGE.
absl::StatusOr<std::string> ReadWhole(const std::string& path, int stdin_fd);

/// The first line of the file @p path, which nobody else may be able to read, or of @p stdin_fd for
/// `-`. Errors: INVALID_ARGUMENT/USAGE.
absl::StatusOr<std::string> ReadSecret(const std::string& path, int stdin_fd);

/// The first line of the file @p path. Errors: INVALID_ARGUMENT/USAGE.
absl::StatusOr<std::string> ReadLineOf(const std::string& path);

/// Calls @p each with every line of @p fd, without its line break, as soon as it is there, until
/// the end, the first error, or until @p stop (asked about ten times a second while nothing comes)
/// says so. Errors: INVALID_ARGUMENT/USAGE for a line over 1 MiB or not UTF-8.
absl::Status ForEachLine(int fd, const std::function<absl::Status(const std::string&)>& each,
                         const std::function<bool()>& stop = nullptr);

}  // namespace chatwire::cli

#endif  // CHATWIRE_CLI_INPUT_H_
