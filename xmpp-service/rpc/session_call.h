#ifndef CHATWIRE_XMPP_SERVICE_RPC_SESSION_CALL_H_
#define CHATWIRE_XMPP_SERVICE_RPC_SESSION_CALL_H_

#include <grpcpp/support/server_callback.h>

#include <string>
#include <utility>

#include "common/rpc/authorize.h"
#include "xmpp-service/rpc/services.h"
#include "xmpp-service/rpc/unary.h"

namespace chatwire::xmpp {

/// A unary call that the account's live session answers: asks for @p scope, finds the account, runs
/// @p ask there (`void(Session&, Completion<Result>)`), and puts the result into the response with
/// @p fill (`void(Result)`).
///
/// Errors: those of Authorize, ACCOUNT_NOT_FOUND, SESSION_OFFLINE, and what @p ask completes with.
/// Input is to be checked before.
template <typename Result, typename Ask, typename Fill>
grpc::ServerUnaryReactor* AskSession(grpc::CallbackServerContext* context,
                                     const ServiceContext& services, const char* scope,
                                     const std::string& requested_account, Ask ask, Fill fill) {
  const auto account = AuthorizeAccount(*context, services.tokens, scope, requested_account);
  if (!account.ok()) return Answer(context, account.status());
  const auto agent = services.accounts.Find(*account);
  if (!agent.ok()) return Answer(context, agent.status());
  auto* reactor = context->DefaultReactor();
  Completion<Result> done([reactor, fill = std::move(fill)](absl::StatusOr<Result> result) mutable {
    const absl::Status status = result.status();
    if (result.ok()) fill(*std::move(result));
    reactor->Finish(ToGrpcStatus(status));
  });
  (*agent)->UseSession(
      [ask = std::move(ask), done = std::move(done)](absl::StatusOr<Session*> session) mutable {
        if (session.ok()) {
          ask(**session, std::move(done));
        } else {
          done(session.status());
        }
      });
  return reactor;
}

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_RPC_SESSION_CALL_H_
