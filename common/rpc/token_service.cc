#include "common/rpc/token_service.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/completion.h"
#include "common/error.h"
#include "common/rpc/authorize.h"
#include "common/rpc/grpc_status.h"
#include "common/rpc/time.h"
#include "common/uuid.h"

namespace chatwire {
namespace {

constexpr char kScope[] = "token";
constexpr char kEverything[] = "*";
/// EnsureAdminToken takes all tokens with this label for its own.
constexpr char kReservedLabel[] = "admin";
constexpr size_t kLongestLabel = 64;
constexpr size_t kLongestJid = 2047;
constexpr int kMostScopes = 32;
constexpr int kMostAccounts = 100;
constexpr int32_t kUsualPage = 100;
constexpr int32_t kLargestPage = 1'000;

absl::Status Invalid(const char* reason, absl::string_view message) {
  return MakeError(absl::StatusCode::kInvalidArgument, {"chatwire", reason}, message);
}

absl::Status CheckRequestId(const std::string& id) {
  if (IsUuid(id)) return absl::OkStatus();
  return Invalid("BAD_REQUEST_ID", "`request_id` is missing or not a UUID");
}

bool HasControls(const std::string& text) {
  return std::any_of(text.begin(), text.end(),
                     [](char c) { return absl::ascii_iscntrl(static_cast<unsigned char>(c)); });
}

absl::Status CheckLabel(const std::string& label) {
  if (!label.empty() && label.size() <= kLongestLabel && !HasControls(label) &&
      label != kReservedLabel) {
    return absl::OkStatus();
  }
  return Invalid("BAD_LABEL", absl::StrCat("`label` has 1 to ", kLongestLabel,
                                           " bytes without control characters, and is not `",
                                           kReservedLabel, "`"));
}

/// As far as this part knows JIDs: local part and domain, no resource.
bool IsBareJid(const std::string& text) {
  const size_t at = text.find('@');
  return at != std::string::npos && at > 0 && at + 1 < text.size() && text.size() <= kLongestJid &&
         text.find('@', at + 1) == std::string::npos && !absl::StrContains(text, '/') &&
         !absl::StrContains(text, ' ') && !HasControls(text);
}

absl::Status CheckAccounts(const std::set<std::string>& accounts, bool has_accounts) {
  if (accounts.empty() == has_accounts) {
    return Invalid("BAD_ACCOUNT", has_accounts ? "`accounts` is empty; name bare JIDs, or `*`"
                                               : "this service has no accounts; leave them out");
  }
  for (const std::string& account : accounts) {
    if (account == kEverything || IsBareJid(account)) continue;
    return Invalid("BAD_ACCOUNT", absl::StrCat("\"", account, "\" is no bare JID"));
  }
  return absl::OkStatus();
}

/// Whether @p giver has all that @p wanted is to have.
absl::Status CheckMayGive(const Caller& giver, const Caller& wanted) {
  for (const std::string& scope : wanted.scopes) {
    if (giver.HasScope(scope)) continue;
    return MakeError(
        absl::StatusCode::kPermissionDenied, {"chatwire", "SCOPE_MISSING"},
        absl::StrCat("the caller's token lacks the scope `", scope, "`, and cannot give it"),
        {{"scope", scope}});
  }
  for (const std::string& account : wanted.accounts) {
    if (giver.MayUseAccount(account)) continue;
    return MakeError(absl::StatusCode::kPermissionDenied, {"chatwire", "ACCOUNT_NOT_ALLOWED"},
                     absl::StrCat("the caller's token is not for the account ", account),
                     {{"account", account}});
  }
  return absl::OkStatus();
}

void Fill(const StoredToken& stored, auth::v1::Token* token) {
  token->set_token_id(stored.id);
  token->set_label(stored.caller.label);
  for (const std::string& scope : stored.caller.scopes) token->add_scopes(scope);
  for (const std::string& account : stored.caller.accounts) token->add_accounts(account);
  *token->mutable_create_time() = ToProto(stored.create_time);
}

/// The caller, if it may use these RPCs at all.
absl::StatusOr<Caller> Allowed(const grpc::ServerContextBase& context, TokenStore& tokens) {
  return Authorize(context, tokens, kScope);
}

grpc::ServerUnaryReactor* Refuse(grpc::CallbackServerContext* context, const absl::Status& status) {
  auto* reactor = context->DefaultReactor();
  reactor->Finish(ToGrpcStatus(status));
  return reactor;
}

/// Ends the call with what @p work, a function that returns a status, says on another thread.
template <typename Work>
grpc::ServerUnaryReactor* Later(grpc::CallbackServerContext* context, const PostWork& post,
                                Work work) {
  auto* reactor = context->DefaultReactor();
  Completion<bool> done([reactor](const absl::StatusOr<bool>& result) {
    reactor->Finish(ToGrpcStatus(result.status()));
  });
  post([done = std::move(done), work = std::move(work)]() mutable {
    const absl::Status status = work();
    done(status.ok() ? absl::StatusOr<bool>(true) : absl::StatusOr<bool>(status));
  });
  return reactor;
}

}  // namespace

TokenService::TokenService(TokenStore& tokens, TokenRules rules, PostWork post)
    : tokens_(tokens), rules_(std::move(rules)), post_(std::move(post)) {}

absl::Status TokenService::CheckScopes(const std::set<std::string>& scopes) const {
  if (scopes.empty()) return Invalid("BAD_SCOPE", "`scopes` is empty");
  for (const std::string& scope : scopes) {
    if (scope == kEverything || scope == kScope || rules_.scopes.count(scope) > 0) continue;
    return Invalid("BAD_SCOPE", absl::StrCat("\"", scope, "\" is no scope of this service; it has ",
                                             absl::StrJoin(rules_.scopes, ", "), ", ", kScope,
                                             ", and * for all"));
  }
  return absl::OkStatus();
}

absl::StatusOr<Caller> TokenService::ReadCaller(const auth::v1::CreateTokenRequest& request) const {
  if (request.scopes_size() > kMostScopes) return Invalid("BAD_SCOPE", "too many scopes");
  if (request.accounts_size() > kMostAccounts) return Invalid("BAD_ACCOUNT", "too many accounts");
  Caller caller{request.label(), {request.scopes().begin(), request.scopes().end()}, {}};
  // Bare JIDs are the same in upper and lower case (RFC 7622, section 3).
  for (const std::string& account : request.accounts()) {
    caller.accounts.insert(absl::AsciiStrToLower(account));
  }
  for (const absl::Status& checked :
       {CheckRequestId(request.request_id()), CheckLabel(request.label()),
        CheckScopes(caller.scopes), CheckAccounts(caller.accounts, rules_.has_accounts)}) {
    if (!checked.ok()) return checked;
  }
  return caller;
}

grpc::ServerUnaryReactor* TokenService::CreateToken(grpc::CallbackServerContext* context,
                                                    const auth::v1::CreateTokenRequest* request,
                                                    auth::v1::CreateTokenResponse* response) {
  const auto giver = Allowed(*context, tokens_);
  if (!giver.ok()) return Refuse(context, giver.status());
  auto caller = ReadCaller(*request);
  if (!caller.ok()) return Refuse(context, caller.status());
  const absl::Status may = CheckMayGive(*giver, *caller);
  if (!may.ok()) return Refuse(context, may);
  return Later(context, post_,
               [this, response, caller = *std::move(caller),
                id = absl::AsciiStrToLower(request->request_id())]() -> absl::Status {
                 const auto minted = tokens_.MintOnce(caller, id);
                 if (!minted.ok()) return minted.status();
                 response->set_token(minted->token);
                 Fill(minted->info, response->mutable_info());
                 response->set_replayed(minted->replayed);
                 return absl::OkStatus();
               });
}

grpc::ServerUnaryReactor* TokenService::ListTokens(grpc::CallbackServerContext* context,
                                                   const auth::v1::ListTokensRequest* request,
                                                   auth::v1::ListTokensResponse* response) {
  const auto caller = Allowed(*context, tokens_);
  if (!caller.ok()) return Refuse(context, caller.status());
  const std::string& after = request->page_token();
  if (request->page_size() < 0 || HasControls(after)) {
    return Refuse(context, Invalid("BAD_PAGE",
                                   "`page_size` is negative, or `page_token` is not of "
                                   "this service"));
  }
  const int32_t size =
      request->page_size() == 0 ? kUsualPage : std::min(request->page_size(), kLargestPage);
  return Later(context, post_, [this, response, after, size]() -> absl::Status {
    // One more tells whether there is a next page.
    auto found = tokens_.List(after, size + 1);
    if (!found.ok()) return found.status();
    if (found->size() > static_cast<size_t>(size)) {
      found->pop_back();
      response->set_next_page_token(found->back().id);
    }
    for (const StoredToken& token : *found) Fill(token, response->add_tokens());
    return absl::OkStatus();
  });
}

grpc::ServerUnaryReactor* TokenService::RevokeToken(grpc::CallbackServerContext* context,
                                                    const auth::v1::RevokeTokenRequest* request,
                                                    auth::v1::RevokeTokenResponse* /*response*/) {
  const auto caller = Allowed(*context, tokens_);
  if (!caller.ok()) return Refuse(context, caller.status());
  const absl::Status valid = CheckRequestId(request->request_id());
  if (!valid.ok()) return Refuse(context, valid);
  return Later(context, post_, [this, id = request->token_id()] { return tokens_.Revoke(id); });
}

}  // namespace chatwire
