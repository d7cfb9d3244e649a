#include "common/auth/caller.h"

#include "absl/strings/str_cat.h"
#include "common/error.h"

namespace chatwire {
namespace {

constexpr char kEvery[] = "*";

bool Has(const std::set<std::string>& set, const std::string& entry) {
  return set.count(kEvery) > 0 || set.count(entry) > 0;
}

}  // namespace

bool Caller::HasScope(const std::string& scope) const { return Has(scopes, scope); }

bool Caller::MayUseAccount(const std::string& account) const { return Has(accounts, account); }

absl::StatusOr<std::string> ResolveAccount(const Caller& caller, const std::string& requested) {
  if (requested.empty()) {
    if (caller.accounts.size() == 1 && *caller.accounts.begin() != kEvery) {
      return *caller.accounts.begin();
    }
    return MakeError(absl::StatusCode::kInvalidArgument, {"chatwire", "ACCOUNT_REQUIRED"},
                     "`account` is empty, and the token is not for exactly one account; name the "
                     "account's bare JID");
  }
  if (!caller.MayUseAccount(requested)) {
    return MakeError(absl::StatusCode::kPermissionDenied, {"chatwire", "ACCOUNT_NOT_ALLOWED"},
                     absl::StrCat("the token is not for the account ", requested),
                     {{"account", requested}});
  }
  return requested;
}

}  // namespace chatwire
