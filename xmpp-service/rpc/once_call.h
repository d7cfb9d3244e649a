#ifndef CHATWIRE_XMPP_SERVICE_RPC_ONCE_CALL_H_
#define CHATWIRE_XMPP_SERVICE_RPC_ONCE_CALL_H_

#include <grpcpp/support/server_callback.h>

#include <memory>
#include <string>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "common/rpc/authorize.h"
#include "xmpp-service/domain/single_effect.h"
#include "xmpp-service/rpc/services.h"
#include "xmpp-service/rpc/unary.h"

namespace chatwire::xmpp {

/// What @p request asks for: without the id under which it does, and without the account, which
/// may be left out.
template <typename Request>
std::string ContentOf(Request request) {
  request.clear_request_id();
  request.clear_account();
  return absl::StrCat(Request::descriptor()->full_name(), "\n", request.SerializeAsString());
}

/// A unary call whose effect comes once for each `request_id`: asks for @p scope, finds the
/// account, runs @p effect (`void(std::shared_ptr<AccountAgent>, Completion<EffectEnd>)`, whose
/// answer is the serialised response), and answers with that. Errors: those of Authorize,
/// ACCOUNT_NOT_FOUND, and of RunOnce. @p valid: what was wrong with the input; told to whom may
/// call, and nobody else.
template <typename Request, typename Response, typename Effect>
grpc::ServerUnaryReactor* CallOnce(grpc::CallbackServerContext* context,
                                   const ServiceContext& services, const char* scope,
                                   const Request& request, Response* response,
                                   const absl::Status& valid, Effect effect) {
  auto account = AuthorizeAccount(*context, services.tokens, scope, request.account());
  if (!account.ok()) return Answer(context, account.status());
  if (!valid.ok()) return Answer(context, valid);
  auto agent = services.accounts.Find(*account);
  if (!agent.ok()) return Answer(context, agent.status());
  auto* reactor = context->DefaultReactor();
  RunOnce(
      services.requests,
      {*account, absl::AsciiStrToLower(request.request_id()), ContentOf(request)},
      [agent = *std::move(agent), effect = std::move(effect)](Completion<EffectEnd> done) mutable {
        effect(std::move(agent), std::move(done));
      },
      Completion<std::string>([reactor, response](absl::StatusOr<std::string> answer) {
        if (answer.ok()) response->ParseFromString(*answer);
        reactor->Finish(ToGrpcStatus(answer.status()));
      }));
  return reactor;
}

/// The same, with an effect on the account's live session: @p ask (`void(Session&,
/// Completion<Result>)`), whose result @p fill (`void(Result, Response*)`) puts into the response.
template <typename Result, typename Request, typename Response, typename Ask, typename Fill>
grpc::ServerUnaryReactor* AskSessionOnce(grpc::CallbackServerContext* context,
                                         const ServiceContext& services, const char* scope,
                                         const Request& request, Response* response,
                                         const absl::Status& valid, Ask ask, Fill fill) {
  return CallOnce(
      context, services, scope, request, response, valid,
      [ask = std::move(ask), fill = std::move(fill)](const std::shared_ptr<AccountAgent>& agent,
                                                     Completion<EffectEnd> done) mutable {
        agent->UseSession([ask = std::move(ask), fill = std::move(fill),
                           done = std::move(done)](absl::StatusOr<Session*> session) mutable {
          if (!session.ok()) {
            done(EffectEnd{session.status(), /*nothing_done=*/true});
            return;
          }
          ask(**session, Completion<Result>([fill = std::move(fill), done = std::move(done)](
                                                absl::StatusOr<Result> result) mutable {
            Response filled;
            if (result.ok()) fill(*std::move(result), &filled);
            done(EndOf(result.ok() ? absl::StatusOr<std::string>(filled.SerializeAsString())
                                   : result.status()));
          }));
        });
      });
}

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_RPC_ONCE_CALL_H_
