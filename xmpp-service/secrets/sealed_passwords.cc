#include "xmpp-service/secrets/sealed_passwords.h"

#include <sodium.h>

#include <array>
#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "common/secret_file.h"

namespace chatwire::xmpp {
namespace {

constexpr size_t kKeyBytes = crypto_aead_xchacha20poly1305_ietf_KEYBYTES;
constexpr size_t kNonceBytes = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr size_t kTagBytes = crypto_aead_xchacha20poly1305_ietf_ABYTES;

const unsigned char* Bytes(const std::string& text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

unsigned char* Bytes(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

absl::StatusOr<std::string> MakeKey(const std::string& path) {
  std::string key(kKeyBytes, '\0');
  randombytes_buf(key.data(), key.size());
  const absl::Status written = WriteSecretFile(path, absl::StrCat(absl::Base64Escape(key), "\n"));
  if (!written.ok()) return written;
  return key;
}

absl::StatusOr<std::string> ReadKey(const std::string& path) {
  const auto text = ReadSecretFile(path);
  if (!text.ok()) return text.status();
  std::string key;
  if (!absl::Base64Unescape(*text, &key) || key.size() != kKeyBytes) {
    return absl::FailedPreconditionError(
        absl::StrCat(path, " does not hold a key of this service"));
  }
  return key;
}

}  // namespace

absl::StatusOr<std::unique_ptr<SealedPasswords>> SealedPasswords::Open(
    const std::string& key_path) {
  if (sodium_init() < 0) return absl::InternalError("libsodium cannot be initialised");
  auto key = ReadKey(key_path);
  if (absl::IsNotFound(key.status())) key = MakeKey(key_path);
  if (!key.ok()) return absl::FailedPreconditionError(key.status().message());
  return std::unique_ptr<SealedPasswords>(new SealedPasswords(*std::move(key)));
}

SealedPasswords::SealedPasswords(std::string key) : key_(std::move(key)) {}

SealedPasswords::~SealedPasswords() { sodium_memzero(key_.data(), key_.size()); }

std::string SealedPasswords::Seal(const std::string& account, const std::string& password) const {
  std::string sealed(kNonceBytes + password.size() + kTagBytes, '\0');
  randombytes_buf(sealed.data(), kNonceBytes);
  unsigned long long length = 0;  // NOLINT(google-runtime-int): libsodium's type
  crypto_aead_xchacha20poly1305_ietf_encrypt(Bytes(sealed) + kNonceBytes, &length, Bytes(password),
                                             password.size(), Bytes(account), account.size(),
                                             nullptr, Bytes(sealed), Bytes(key_));
  return sealed;
}

absl::StatusOr<std::string> SealedPasswords::Open(const std::string& account,
                                                  const std::string& sealed) const {
  const absl::Status unreadable =
      absl::FailedPreconditionError("the stored password cannot be opened with this service's key");
  if (sealed.size() < kNonceBytes + kTagBytes) return unreadable;
  std::string password(sealed.size() - kNonceBytes - kTagBytes, '\0');
  unsigned long long length = 0;  // NOLINT(google-runtime-int): libsodium's type
  const int result = crypto_aead_xchacha20poly1305_ietf_decrypt(
      Bytes(password), &length, nullptr, Bytes(sealed) + kNonceBytes, sealed.size() - kNonceBytes,
      Bytes(account), account.size(), Bytes(sealed), Bytes(key_));
  if (result != 0) return unreadable;
  return password;
}

bool SealedPasswords::Equal(const std::string& a, const std::string& b) const {
  // Hashes of one length, so that not even the length shows.
  std::array<unsigned char, crypto_generichash_BYTES> hash_a{};
  std::array<unsigned char, crypto_generichash_BYTES> hash_b{};
  crypto_generichash(hash_a.data(), hash_a.size(), Bytes(a), a.size(), nullptr, 0);
  crypto_generichash(hash_b.data(), hash_b.size(), Bytes(b), b.size(), nullptr, 0);
  return sodium_memcmp(hash_a.data(), hash_b.data(), hash_a.size()) == 0;
}

}  // namespace chatwire::xmpp
