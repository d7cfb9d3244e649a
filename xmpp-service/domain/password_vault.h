#ifndef CHATWIRE_XMPP_SERVICE_DOMAIN_PASSWORD_VAULT_H_
#define CHATWIRE_XMPP_SERVICE_DOMAIN_PASSWORD_VAULT_H_

#include <string>

#include "absl/status/statusor.h"

namespace chatwire::xmpp {

/// Makes passwords unreadable at rest. Thread-safe, does not block.
class PasswordVault {
 public:
  virtual ~PasswordVault() = default;

  /// Seals @p password for @p account only.
  virtual std::string Seal(const std::string& account, const std::string& password) const = 0;

  /// Errors: FAILED_PRECONDITION when it was sealed with another key or for another account.
  virtual absl::StatusOr<std::string> Open(const std::string& account,
                                           const std::string& sealed) const = 0;

  /// Compares in a time that does not depend on where the two differ.
  virtual bool Equal(const std::string& a, const std::string& b) const = 0;
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_DOMAIN_PASSWORD_VAULT_H_
