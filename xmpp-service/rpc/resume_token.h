#ifndef CHATWIRE_XMPP_SERVICE_RPC_RESUME_TOKEN_H_
#define CHATWIRE_XMPP_SERVICE_RPC_RESUME_TOKEN_H_

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"

namespace chatwire::xmpp {

/// A place in the log @p log_id, as WatchEvents gives it out. At most 128 characters.
std::string MakeResumeToken(const std::string& log_id, int64_t sequence);

/// The sequence in @p token. Errors: INVALID_ARGUMENT/BAD_RESUME_TOKEN when it is garbage, of
/// another log, or after @p last_sequence.
absl::StatusOr<int64_t> ParseResumeToken(const std::string& token, const std::string& log_id,
                                         int64_t last_sequence);

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_RPC_RESUME_TOKEN_H_
