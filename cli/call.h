#ifndef CHATWIRE_CLI_CALL_H_
#define CHATWIRE_CLI_CALL_H_

#include <grpcpp/client_context.h>
#include <grpcpp/support/status.h>

#include <functional>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "cli/command.h"

namespace chatwire::cli {

class Interrupt;

/// How a unary call is made.
struct CallOptions {
  /// How long it may take, retries included.
  absl::Duration timeout;
  /// Whether it needs a token. Login and health do not.
  bool with_token = true;
  /// Whether to try again when nothing answers.
  bool retry = true;
  /// Ends the call with its status at Ctrl-C. It must watch no output. nullptr: Ctrl-C ends the
  /// program.
  Interrupt* interrupt = nullptr;
};

/// The options of an ordinary call.
CallOptions OrdinaryCall(const Session& session);

/// Calls @p service. @p rpc makes one attempt with the context that it is given.
///
/// While the service cannot be reached or is shutting down, the call is made again with back-off
/// until the time is over: @p rpc must send the same `request_id` each time. An UNAVAILABLE that
/// the service itself answers (SERVER_UNREACHABLE, SESSION_OFFLINE) is an answer and is returned.
///
/// Errors: those of the RPC, those of Connection, and CANCELLED/INTERRUPTED.
absl::Status Call(Session& session, Service service, const CallOptions& options,
                  const std::function<grpc::Status(grpc::ClientContext*)>& rpc);

/// Whether trying again may help: the transport failed, the service said SHUTTING_DOWN, or its end
/// cancelled the call.
bool IsTransient(const absl::Status& status);

}  // namespace chatwire::cli

#endif  // CHATWIRE_CLI_CALL_H_
