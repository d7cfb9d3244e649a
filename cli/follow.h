#ifndef CHATWIRE_CLI_FOLLOW_H_
#define CHATWIRE_CLI_FOLLOW_H_

#include <grpcpp/client_context.h>
#include <grpcpp/support/status.h>

#include <functional>

#include "absl/status/status.h"
#include "cli/command.h"

namespace chatwire::cli {

/// One connection of a stream: opens it with the context, reads it to its end and returns how it
/// ended. Calls `heard` after each response. Keeps the resume token, so that the next attempt goes
/// on where this one ended.
using FollowAttempt =
    std::function<grpc::Status(grpc::ClientContext* context, const std::function<void()>& heard)>;

/// Follows a stream of @p service until Ctrl-C or until the reader of standard output is gone.
///
/// The first connection must come about within the time-out. A stream that is lost later is opened
/// again, with back-off from 100 ms to 5 s, for as long as it takes; with @p reconnect false its
/// error is returned.
///
/// Errors: those of the RPC, CANCELLED/INTERRUPTED after Ctrl-C. OK when the reader has gone.
absl::Status Follow(Session& session, Service service, bool reconnect,
                    const FollowAttempt& attempt);

}  // namespace chatwire::cli

#endif  // CHATWIRE_CLI_FOLLOW_H_
