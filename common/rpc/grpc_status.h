#ifndef CHATWIRE_COMMON_RPC_GRPC_STATUS_H_
#define CHATWIRE_COMMON_RPC_GRPC_STATUS_H_

#include <grpcpp/support/status.h>

#include "absl/status/status.h"

namespace chatwire {

/// What goes over the wire: code, message, and the ErrorInfo as a detail of google.rpc.Status
/// (AIP-193). An error without an ErrorInfo gets one with the domain `chatwire` and the code's name
/// as its reason, so that there always is exactly one. Internal errors keep their message: ours
/// contain no secret.
grpc::Status ToGrpcStatus(const absl::Status& status);

/// The way back, for clients.
absl::Status FromGrpcStatus(const grpc::Status& status);

}  // namespace chatwire

#endif  // CHATWIRE_COMMON_RPC_GRPC_STATUS_H_
