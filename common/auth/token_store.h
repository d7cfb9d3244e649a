#ifndef CHATWIRE_COMMON_AUTH_TOKEN_STORE_H_
#define CHATWIRE_COMMON_AUTH_TOKEN_STORE_H_

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/auth/authenticator.h"
#include "common/auth/caller.h"
#include "common/mutex.h"
#include "common/sqlite/database.h"

namespace chatwire {

/// What is known of a token, without the token.
struct StoredToken {
  /// 16 hexadecimal digits.
  std::string id;
  Caller caller;
  absl::Time create_time;
};

/// A token and what is known of it.
struct MintedToken {
  std::string token;
  StoredToken info;
  /// Whether one was there for the same request, and was made anew.
  bool replayed = false;
};

/// API tokens: 256 random bits each, of which only a BLAKE2b hash is stored. Thread-safe.
class TokenStore final : public Authenticator {
 public:
  /// Opens or creates the store in its own SQLite file.
  static absl::StatusOr<std::unique_ptr<TokenStore>> Open(const std::string& path);

  /// Makes a token for @p caller. It is returned only here; ASCII, no blanks.
  absl::StatusOr<std::string> Mint(const Caller& caller);

  /// Makes the token that the request @p request_id asks for. There is one for each: the same id
  /// again makes it anew, and the old one is good for nothing any more.
  /// Errors: ALREADY_EXISTS/REQUEST_ID_REUSED where it was for another caller.
  absl::StatusOr<MintedToken> MintOnce(const Caller& caller, const std::string& request_id);

  /// Up to @p limit tokens by id, those behind @p after.
  absl::StatusOr<std::vector<StoredToken>> List(const std::string& after, int64_t limit);

  /// Makes the token @p id good for nothing. Errors: NOT_FOUND/TOKEN_NOT_FOUND.
  absl::Status Revoke(const std::string& id);

  absl::StatusOr<Caller> Authenticate(const std::string& token) override;

  /// Revokes the tokens that are for @p account alone.
  absl::Status RevokeForAccount(const std::string& account);

  /// Makes sure that an admin token exists: when none was ever minted, or @p path is gone, mints
  /// one and writes it to @p path with mode 0600 (older admin tokens are revoked then). Returns
  /// whether it did.
  absl::StatusOr<bool> EnsureAdminToken(const std::string& path);

 private:
  explicit TokenStore(sqlite::Database database);

  absl::Status Insert(const std::string& token, const StoredToken& info,
                      const std::string& request_id) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  absl::StatusOr<std::string> IdOfRequest(const Caller& caller, const std::string& request_id)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  Mutex mutex_;
  sqlite::Database database_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace chatwire

#endif  // CHATWIRE_COMMON_AUTH_TOKEN_STORE_H_
