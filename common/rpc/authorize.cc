#include "common/rpc/authorize.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/error.h"

namespace chatwire {
namespace {

constexpr char kBearer[] = "bearer ";

}  // namespace

absl::StatusOr<Caller> Authorize(const grpc::ServerContextBase& context,
                                 Authenticator& authenticator, const std::string& scope) {
  const auto& metadata = context.client_metadata();
  const auto header = metadata.find("authorization");
  const absl::string_view value =
      header == metadata.end() ? absl::string_view()
                               : absl::string_view(header->second.data(), header->second.size());
  if (!absl::StartsWithIgnoreCase(value, kBearer)) {
    return MakeError(absl::StatusCode::kUnauthenticated, {"chatwire", "TOKEN_MISSING"},
                     "the call has no API token; send the metadata `authorization: Bearer TOKEN`");
  }
  auto caller =
      authenticator.Authenticate(std::string(value.substr(absl::string_view(kBearer).size())));
  if (!caller.ok()) return caller.status();
  if (!caller->HasScope(scope)) {
    return MakeError(absl::StatusCode::kPermissionDenied, {"chatwire", "SCOPE_MISSING"},
                     absl::StrCat("the token lacks the scope `", scope, "`"), {{"scope", scope}});
  }
  return caller;
}

absl::StatusOr<std::string> AuthorizeAccount(const grpc::ServerContextBase& context,
                                             Authenticator& authenticator, const std::string& scope,
                                             const std::string& requested_account) {
  const auto caller = Authorize(context, authenticator, scope);
  if (!caller.ok()) return caller.status();
  return ResolveAccount(*caller, requested_account);
}

}  // namespace chatwire
