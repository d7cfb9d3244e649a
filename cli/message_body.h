#ifndef CHATWIRE_CLI_MESSAGE_BODY_H_
#define CHATWIRE_CLI_MESSAGE_BODY_H_

#include <string>

#include "absl/status/statusor.h"

namespace chatwire::cli {

/// Reads a message's text from @p fd to its end and drops one line break there, which `echo` adds.
///
/// Errors: INVALID_ARGUMENT/USAGE for more than 65,536 bytes (the service's limit; the rest is not
/// read), for text that is not UTF-8, and for a descriptor that cannot be read.
absl::StatusOr<std::string> ReadMessageBody(int fd);

}  // namespace chatwire::cli

#endif  // CHATWIRE_CLI_MESSAGE_BODY_H_
