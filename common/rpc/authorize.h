#ifndef CHATWIRE_COMMON_RPC_AUTHORIZE_H_
#define CHATWIRE_COMMON_RPC_AUTHORIZE_H_

#include <grpcpp/server_context.h>

#include <string>

#include "absl/status/statusor.h"
#include "common/auth/authenticator.h"
#include "common/auth/caller.h"

namespace chatwire {

/// The first line of every handler: reads `authorization: Bearer TOKEN` and asks for @p scope.
///
/// Not a grpc::AuthMetadataProcessor: that aborts the process on a listener without TLS.
///
/// Errors (domain `chatwire`): UNAUTHENTICATED/TOKEN_MISSING, UNAUTHENTICATED/TOKEN_INVALID,
/// PERMISSION_DENIED/SCOPE_MISSING.
absl::StatusOr<Caller> Authorize(const grpc::ServerContextBase& context,
                                 Authenticator& authenticator, const std::string& scope);

/// Authorize, then ResolveAccount. Returns the account.
absl::StatusOr<std::string> AuthorizeAccount(const grpc::ServerContextBase& context,
                                             Authenticator& authenticator, const std::string& scope,
                                             const std::string& requested_account);

}  // namespace chatwire

#endif  // CHATWIRE_COMMON_RPC_AUTHORIZE_H_
