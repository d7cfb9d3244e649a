#ifndef CHATWIRE_COMMON_LOG_H_
#define CHATWIRE_COMMON_LOG_H_

#include <string>

#include "absl/status/status.h"

namespace chatwire {

/// Starts logging to standard error. Use LOG(INFO) and the others of absl/log/log.h.
///
/// @p format is `text` (Abseil's lines) or `json` (one object a line: time, severity, message,
/// source). What is logged: ids, addresses, states. What never is: passwords, tokens, message
/// bodies, stanzas. Errors: INVALID_ARGUMENT for another format.
absl::Status StartLog(const std::string& format);

}  // namespace chatwire

#endif  // CHATWIRE_COMMON_LOG_H_
