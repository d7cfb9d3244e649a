#include "xmpp-service/rpc/account_service.h"

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "absl/log/log.h"
#include "absl/strings/str_cat.h"
#include "common/rpc/authorize.h"
#include "common/rpc/time.h"
#include "xmpp-service/domain/errors.h"
#include "xmpp-service/rpc/account_check.h"
#include "xmpp-service/rpc/paging.h"
#include "xmpp-service/rpc/scopes.h"
#include "xmpp-service/rpc/unary.h"
#include "xmpp-service/wire/mapping.h"

namespace chatwire::xmpp {
namespace {

constexpr const char* kScope = scope::kAccount;

using PendingCounts = std::map<std::string, int64_t>;

v1::Account AccountToProto(const AccountAgent& agent, const PendingCounts& pending) {
  v1::Account proto;
  proto.set_account(agent.account());
  proto.set_resource(agent.resource());
  *proto.mutable_connection() = ToProto(agent.connection());
  *proto.mutable_create_time() = chatwire::ToProto(agent.create_time());
  const auto count = pending.find(agent.account());
  proto.set_pending_message_count(count == pending.end() ? 0 : count->second);
  return proto;
}

/// What an account's owner may do.
Caller OwnerOf(const std::string& account) {
  return {absl::StrCat("login ", account), OwnerScopes(), {account}};
}

}  // namespace

grpc::ServerUnaryReactor* AccountService::Login(grpc::CallbackServerContext* context,
                                                const v1::LoginRequest* request,
                                                v1::LoginResponse* response) {
  auto login = CheckLogin(*request);
  if (!login.ok()) return Answer(context, login.status());
  auto* reactor = context->DefaultReactor();
  SignIn(*std::move(login), response->mutable_account(), response->mutable_token(),
         AnswerDone(reactor));
  return reactor;
}

void AccountService::SignIn(LoginRequest login, v1::Account* account, std::string* token,
                            Completion<bool> done) {
  context_.accounts.Login(std::move(login),
                          Completion<AccountDirectory::Agent>(
                              [this, account, token, done = std::move(done)](auto agent) mutable {
                                if (!agent.ok()) {
                                  done(agent.status());
                                  return;
                                }
                                // Minting waits for the disk; a session's thread must not.
                                context_.background.Post([this, account, token, agent = *agent,
                                                          done = std::move(done)]() mutable {
                                  auto minted = context_.tokens.Mint(OwnerOf(agent->account()));
                                  if (minted.ok()) {
                                    *account = AccountToProto(*agent, {});
                                    *token = *std::move(minted);
                                  }
                                  done(minted.ok() ? absl::StatusOr<bool>(true) : minted.status());
                                });
                              }));
}

Completion<bool> AccountService::RevokingTokens(const std::string& account, Completion<bool> done) {
  return Completion<bool>([this, account, done = std::move(done)](const auto& gone) mutable {
    if (!gone.ok()) {
      done(gone.status());
      return;
    }
    context_.background.Post([this, account, done = std::move(done)]() mutable {
      const absl::Status revoked = context_.tokens.RevokeForAccount(account);
      if (!revoked.ok()) LOG(ERROR) << account << ": tokens are not revoked: " << revoked;
      done(revoked.ok() ? absl::StatusOr<bool>(true) : revoked);
    });
  });
}

grpc::ServerUnaryReactor* AccountService::Logout(grpc::CallbackServerContext* context,
                                                 const v1::LogoutRequest* request,
                                                 v1::LogoutResponse*) {
  const auto account = AuthorizeAccount(*context, context_.tokens, kScope, request->account());
  if (!account.ok()) return Answer(context, account.status());
  auto* reactor = context->DefaultReactor();
  context_.accounts.Logout(*account, RevokingTokens(*account, AnswerDone(reactor)));
  return reactor;
}

grpc::ServerUnaryReactor* AccountService::ListAccounts(grpc::CallbackServerContext* context,
                                                       const v1::ListAccountsRequest* request,
                                                       v1::ListAccountsResponse* response) {
  auto caller = Authorize(*context, context_.tokens, kScope);
  if (!caller.ok()) return Answer(context, caller.status());
  auto page = ParsePage(request->page_size(), request->page_token());
  if (!page.ok()) return Answer(context, page.status());
  auto* reactor = context->DefaultReactor();
  context_.outbox.CountPending(
      Completion<PendingCounts>([this, reactor, response, caller = *std::move(caller),
                                 page = *std::move(page)](const auto& counts) {
        for (const auto& agent : context_.accounts.List()) {
          if (agent->account() <= page.after || !caller.MayUseAccount(agent->account())) continue;
          if (static_cast<size_t>(response->accounts_size()) == page.limit) {
            const auto& last = response->accounts(response->accounts_size() - 1);
            response->set_next_page_token(PageTokenAfter(last.account()));
            break;
          }
          *response->add_accounts() =
              AccountToProto(*agent, counts.ok() ? *counts : PendingCounts{});
        }
        reactor->Finish(ToGrpcStatus(counts.status()));
      }));
  return reactor;
}

grpc::ServerUnaryReactor* AccountService::GetAccount(grpc::CallbackServerContext* context,
                                                     const v1::GetAccountRequest* request,
                                                     v1::GetAccountResponse* response) {
  const auto account = AuthorizeAccount(*context, context_.tokens, kScope, request->account());
  if (!account.ok()) return Answer(context, account.status());
  auto agent = context_.accounts.Find(*account);
  if (!agent.ok()) return Answer(context, agent.status());
  auto* reactor = context->DefaultReactor();
  context_.outbox.CountPending(
      Completion<PendingCounts>([reactor, response, agent = *std::move(agent)](const auto& counts) {
        if (counts.ok()) *response->mutable_account() = AccountToProto(*agent, *counts);
        reactor->Finish(ToGrpcStatus(counts.status()));
      }));
  return reactor;
}

}  // namespace chatwire::xmpp
