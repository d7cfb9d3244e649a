#ifndef CHATWIRE_XMPP_SERVICE_RPC_UNARY_H_
#define CHATWIRE_XMPP_SERVICE_RPC_UNARY_H_

#include <grpcpp/support/server_callback.h>

#include "absl/status/status.h"
#include "common/completion.h"
#include "common/rpc/grpc_status.h"

namespace chatwire::xmpp {

/// Answers a unary call with @p status, now.
inline grpc::ServerUnaryReactor* Answer(grpc::CallbackServerContext* context,
                                        const absl::Status& status) {
  auto* reactor = context->DefaultReactor();
  reactor->Finish(ToGrpcStatus(status));
  return reactor;
}

/// Ends the call with what the work completes with, for responses that have nothing in them.
inline Completion<bool> AnswerDone(grpc::ServerUnaryReactor* reactor) {
  return Completion<bool>(
      [reactor](const auto& done) { reactor->Finish(ToGrpcStatus(done.status())); });
}

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_RPC_UNARY_H_
