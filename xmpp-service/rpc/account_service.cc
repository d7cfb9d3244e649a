#include "xmpp-service/rpc/account_service.h"

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "absl/log/log.h"
#include "absl/strings/str_cat.h"
#include "common/rpc/authorize.h"
#include "common/rpc/time.h"
#include "common/uuid.h"
#include "xmpp-service/domain/errors.h"
#include "xmpp-service/domain/text.h"
#include "xmpp-service/rpc/paging.h"
#include "xmpp-service/rpc/scopes.h"
#include "xmpp-service/rpc/unary.h"
#include "xmpp-service/wire/mapping.h"

namespace chatwire::xmpp {
namespace {

constexpr const char* kScope = scope::kAccount;
constexpr size_t kMaximumPasswordBytes = 1024;
constexpr size_t kMaximumResourceBytes = 64;

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

absl::Status Invalid(const char* reason, absl::string_view message) {
  return Error(absl::StatusCode::kInvalidArgument, reason, message);
}

absl::StatusOr<LoginRequest> CheckLogin(const v1::LoginRequest& request) {
  auto jid = Jid::ParseBare(request.jid());
  if (!jid.ok()) return jid.status();
  if (request.password().empty()) return Invalid("EMPTY_PASSWORD", "no password was given");
  if (request.password().size() > kMaximumPasswordBytes || !IsXmlText(request.password())) {
    // Never said of which kind: that would tell about the password.
    return Error(absl::StatusCode::kUnauthenticated, "WRONG_PASSWORD",
                 "no server can have accepted this password");
  }
  if (!request.request_id().empty() && !IsUuid(request.request_id())) {
    return BadRequestId();
  }
  if (!request.resource().empty()) {
    const auto full = Jid::Parse(absl::StrCat(jid->Bare(), "/", request.resource()));
    if (!full.ok() || request.resource().size() > kMaximumResourceBytes) {
      return BadJid(absl::StrCat(jid->Bare(), "/", request.resource()));
    }
  }
  return LoginRequest{*std::move(jid), request.password(), request.resource()};
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
  auto done = Completion<bool>(
      [reactor](const auto& result) { reactor->Finish(ToGrpcStatus(result.status())); });
  context_.accounts.Login(*std::move(login),
                          Completion<AccountDirectory::Agent>(
                              [this, response, done = std::move(done)](auto agent) mutable {
                                if (!agent.ok()) {
                                  done(agent.status());
                                  return;
                                }
                                // Minting waits for the disk; a session's thread must not.
                                context_.background.Post([this, response, agent = *agent,
                                                          done = std::move(done)]() mutable {
                                  auto token = context_.tokens.Mint(OwnerOf(agent->account()));
                                  if (token.ok()) {
                                    *response->mutable_account() = AccountToProto(*agent, {});
                                    response->set_token(*std::move(token));
                                  }
                                  done(token.ok() ? absl::StatusOr<bool>(true) : token.status());
                                });
                              }));
  return reactor;
}

grpc::ServerUnaryReactor* AccountService::Logout(grpc::CallbackServerContext* context,
                                                 const v1::LogoutRequest* request,
                                                 v1::LogoutResponse*) {
  const auto account = AuthorizeAccount(*context, context_.tokens, kScope, request->account());
  if (!account.ok()) return Answer(context, account.status());
  auto* reactor = context->DefaultReactor();
  auto done = Completion<bool>(
      [reactor](const auto& result) { reactor->Finish(ToGrpcStatus(result.status())); });
  context_.accounts.Logout(
      *account, Completion<bool>([this, account = *account,
                                  done = std::move(done)](const auto& logged_out) mutable {
        if (!logged_out.ok()) {
          done(logged_out.status());
          return;
        }
        context_.background.Post([this, account, done = std::move(done)]() mutable {
          const absl::Status revoked = context_.tokens.RevokeForAccount(account);
          if (!revoked.ok()) LOG(ERROR) << account << ": tokens are not revoked: " << revoked;
          done(revoked.ok() ? absl::StatusOr<bool>(true) : revoked);
        });
      }));
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
