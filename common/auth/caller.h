#ifndef CHATWIRE_COMMON_AUTH_CALLER_H_
#define CHATWIRE_COMMON_AUTH_CALLER_H_

#include <set>
#include <string>

#include "absl/status/statusor.h"

namespace chatwire {

/// Who calls, as told by an API token.
struct Caller {
  /// What the token was minted for, such as `admin` or `login lamp-bot@example.org`. For logs and
  /// audit.
  std::string label;
  /// What the caller may do, such as `chat` or `checkbox.set`; `*` is everything.
  std::set<std::string> scopes;
  /// Bare JIDs the caller may act for; `*` is every one.
  std::set<std::string> accounts;

  bool HasScope(const std::string& scope) const;
  bool MayUseAccount(const std::string& account) const;
};

/// The account that a request is about: @p requested, or, where that is empty, the single account
/// that
/// @p caller is for.
///
/// Errors: PERMISSION_DENIED/ACCOUNT_NOT_ALLOWED, INVALID_ARGUMENT/ACCOUNT_REQUIRED (domain
/// `chatwire`).
absl::StatusOr<std::string> ResolveAccount(const Caller& caller, const std::string& requested);

}  // namespace chatwire

#endif  // CHATWIRE_COMMON_AUTH_CALLER_H_
