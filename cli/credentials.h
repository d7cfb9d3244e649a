#ifndef CHATWIRE_CLI_CREDENTIALS_H_
#define CHATWIRE_CLI_CREDENTIALS_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace chatwire::cli {

/// A token that `login` saved.
struct SavedToken {
  /// Bare JID that it is for.
  std::string account;
  std::string token;
};

/// The tokens that `login` saved: `DIRECTORY/ADDRESS/ACCOUNT`, one file for each service and
/// account, with mode 0600 in directories with mode 0700. Characters outside `A-Za-z0-9.@_-` are
/// written as `%XX`.
class Credentials {
 public:
  explicit Credentials(std::string directory);

  /// Saves @p token and returns the path of its file. Errors: UNKNOWN/FILE.
  absl::StatusOr<std::string> Save(const std::string& address, const std::string& account,
                                   const std::string& token) const;

  /// The token for @p account at the service at @p address; with an empty @p account the only one
  /// that is saved for it. Errors: UNAUTHENTICATED/NO_TOKEN, INVALID_ARGUMENT/ACCOUNT_AMBIGUOUS,
  /// PERMISSION_DENIED/FILE where others can read it.
  absl::StatusOr<SavedToken> Find(const std::string& address, const std::string& account) const;

  /// Forgets a token; it is no error when there is none.
  void Remove(const std::string& address, const std::string& account) const;

  /// The accounts of which a token is saved for the service at @p address, sorted.
  std::vector<std::string> AccountsAt(const std::string& address) const;

 private:
  std::string PathOf(const std::string& address, const std::string& account) const;

  std::string directory_;
};

}  // namespace chatwire::cli

#endif  // CHATWIRE_CLI_CREDENTIALS_H_
