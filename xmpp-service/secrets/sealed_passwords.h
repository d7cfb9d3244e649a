#ifndef CHATWIRE_XMPP_SERVICE_SECRETS_SEALED_PASSWORDS_H_
#define CHATWIRE_XMPP_SERVICE_SECRETS_SEALED_PASSWORDS_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "xmpp-service/domain/password_vault.h"

namespace chatwire::xmpp {

/// Passwords sealed with XChaCha20-Poly1305 of libsodium, under a key that lies in a file of mode
/// 0600. The account is authenticated with it, so that a sealed password cannot be moved to another
/// account.
///
/// Whoever can read both the key file and the database can read the passwords: XMPP needs them in
/// clear.
class SealedPasswords final : public PasswordVault {
 public:
  /// Reads the key, or makes one where the file is missing.
  /// Errors: FAILED_PRECONDITION when the file cannot be used or holds no key.
  static absl::StatusOr<std::unique_ptr<SealedPasswords>> Open(const std::string& key_path);

  ~SealedPasswords() override;

  std::string Seal(const std::string& account, const std::string& password) const override;
  absl::StatusOr<std::string> Open(const std::string& account,
                                   const std::string& sealed) const override;
  bool Equal(const std::string& a, const std::string& b) const override;

 private:
  explicit SealedPasswords(std::string key);

  std::string key_;
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_SECRETS_SEALED_PASSWORDS_H_
