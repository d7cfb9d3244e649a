#ifndef CHATWIRE_COMMON_RPC_TOKEN_SERVICE_H_
#define CHATWIRE_COMMON_RPC_TOKEN_SERVICE_H_

#include <functional>
#include <set>
#include <string>

#include "absl/functional/any_invocable.h"
#include "absl/status/statusor.h"
#include "chatwire/auth/v1/token_service.grpc.pb.h"
#include "common/auth/caller.h"
#include "common/auth/token_store.h"

namespace chatwire {

/// What the tokens of a service can be good for.
struct TokenRules {
  /// Every scope that an RPC of the service names, but `*`.
  std::set<std::string> scopes;
  /// Whether a token has to name accounts; if not, it may not.
  bool has_accounts = false;
};

/// Runs a function later on a thread that may wait for the disk, or drops it at the end.
using PostWork = std::function<void(absl::AnyInvocable<void()>)>;

/// gRPC front of the API tokens. Handlers do not block.
class TokenService final : public auth::v1::TokenService::CallbackService {
 public:
  /// @p tokens must outlive this, and what @p post runs on must end before this.
  TokenService(TokenStore& tokens, TokenRules rules, PostWork post);

  grpc::ServerUnaryReactor* CreateToken(grpc::CallbackServerContext* context,
                                        const auth::v1::CreateTokenRequest* request,
                                        auth::v1::CreateTokenResponse* response) override;
  grpc::ServerUnaryReactor* ListTokens(grpc::CallbackServerContext* context,
                                       const auth::v1::ListTokensRequest* request,
                                       auth::v1::ListTokensResponse* response) override;
  grpc::ServerUnaryReactor* RevokeToken(grpc::CallbackServerContext* context,
                                        const auth::v1::RevokeTokenRequest* request,
                                        auth::v1::RevokeTokenResponse* response) override;

 private:
  absl::StatusOr<Caller> ReadCaller(const auth::v1::CreateTokenRequest& request) const;
  absl::Status CheckScopes(const std::set<std::string>& scopes) const;

  TokenStore& tokens_;
  const TokenRules rules_;
  const PostWork post_;
};

}  // namespace chatwire

#endif  // CHATWIRE_COMMON_RPC_TOKEN_SERVICE_H_
