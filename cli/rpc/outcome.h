#ifndef CHATWIRE_CLI_RPC_OUTCOME_H_
#define CHATWIRE_CLI_RPC_OUTCOME_H_

#include <google/protobuf/message.h>

#include "absl/status/status.h"

namespace chatwire::cli {

/// What a response that is no error still says went wrong: a message that the XMPP server gave back
/// (ABORTED/MESSAGE_FAILED), parts that were not done (ABORTED/NOT_ALL_DONE).
absl::Status OutcomeOf(const google::protobuf::Message& response);

}  // namespace chatwire::cli

#endif  // CHATWIRE_CLI_RPC_OUTCOME_H_
