#ifndef CHATWIRE_COMMON_AUTH_TOKEN_STORE_H_
#define CHATWIRE_COMMON_AUTH_TOKEN_STORE_H_

#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/auth/authenticator.h"
#include "common/auth/caller.h"
#include "common/mutex.h"
#include "common/sqlite/database.h"

namespace chatwire {

/// API tokens: 256 random bits each, of which only a BLAKE2b hash is stored. Thread-safe.
class TokenStore final : public Authenticator {
 public:
  /// Opens or creates the store in its own SQLite file.
  static absl::StatusOr<std::unique_ptr<TokenStore>> Open(const std::string& path);

  /// Makes a token for @p caller. It is returned only here; ASCII, no blanks.
  absl::StatusOr<std::string> Mint(const Caller& caller);

  absl::StatusOr<Caller> Authenticate(const std::string& token) override;

  /// Revokes the tokens that are for @p account alone.
  absl::Status RevokeForAccount(const std::string& account);

  /// Makes sure that an admin token exists: when none was ever minted, or @p path is gone, mints
  /// one and writes it to @p path with mode 0600 (older admin tokens are revoked then). Returns
  /// whether it did.
  absl::StatusOr<bool> EnsureAdminToken(const std::string& path);

 private:
  explicit TokenStore(sqlite::Database database);

  Mutex mutex_;
  sqlite::Database database_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace chatwire

#endif  // CHATWIRE_COMMON_AUTH_TOKEN_STORE_H_
