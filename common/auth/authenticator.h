#ifndef CHATWIRE_COMMON_AUTH_AUTHENTICATOR_H_
#define CHATWIRE_COMMON_AUTH_AUTHENTICATOR_H_

#include <string>

#include "absl/status/statusor.h"
#include "common/auth/caller.h"

namespace chatwire {

/// Tells who a bearer token belongs to.
class Authenticator {
 public:
  virtual ~Authenticator() = default;

  /// Thread-safe, does not block on more than a local database.
  /// Errors: UNAUTHENTICATED/TOKEN_INVALID (domain `chatwire`).
  virtual absl::StatusOr<Caller> Authenticate(const std::string& token) = 0;
};

}  // namespace chatwire

#endif  // CHATWIRE_COMMON_AUTH_AUTHENTICATOR_H_
