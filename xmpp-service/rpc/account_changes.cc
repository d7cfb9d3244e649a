// The calls of AccountService that change an account with its server.
#include "common/error.h"
#include "common/rpc/authorize.h"
#include "xmpp-service/rpc/account_check.h"
#include "xmpp-service/rpc/account_service.h"
#include "xmpp-service/rpc/scopes.h"
#include "xmpp-service/rpc/unary.h"

namespace chatwire::xmpp {

grpc::ServerUnaryReactor* AccountService::ChangePassword(grpc::CallbackServerContext* context,
                                                         const v1::ChangePasswordRequest* request,
                                                         v1::ChangePasswordResponse*) {
  const auto account =
      AuthorizeAccount(*context, context_.tokens, scope::kAccount, request->account());
  if (!account.ok()) return Answer(context, account.status());
  absl::Status status = CheckNewPassword(request->new_password());
  if (status.ok()) status = CheckRequestId(request->request_id());
  if (!status.ok()) return Answer(context, status);
  auto* reactor = context->DefaultReactor();
  context_.accounts.ChangePassword(*account, request->new_password(), AnswerDone(reactor));
  return reactor;
}

grpc::ServerUnaryReactor* AccountService::DeleteAccount(grpc::CallbackServerContext* context,
                                                        const v1::DeleteAccountRequest* request,
                                                        v1::DeleteAccountResponse*) {
  const auto account =
      AuthorizeAccount(*context, context_.tokens, scope::kAccount, request->account());
  if (!account.ok()) return Answer(context, account.status());
  if (request->account().empty()) {
    // What cannot be undone is not done to whatever the token happens to be for.
    return Answer(context,
                  MakeError(absl::StatusCode::kInvalidArgument, {"chatwire", "ACCOUNT_REQUIRED"},
                            "name the account that is to be deleted"));
  }
  const absl::Status status = CheckRequestId(request->request_id());
  if (!status.ok()) return Answer(context, status);
  auto* reactor = context->DefaultReactor();
  context_.accounts.Delete(*account, RevokingTokens(*account, AnswerDone(reactor)));
  return reactor;
}

}  // namespace chatwire::xmpp
