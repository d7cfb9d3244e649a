#include "common/uuid.h"

#include <sodium.h>

#include <array>
#include <cstdint>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"

namespace chatwire {
namespace {

using Bytes = std::array<unsigned char, 16>;

/// libsodium is safe to use from several threads only after this.
void Initialise() {
  static const int initialised = sodium_init();
  static_cast<void>(initialised);
}

std::string Format(Bytes bytes, unsigned version) {
  bytes[6] = static_cast<unsigned char>((bytes[6] & 0x0fU) | (version << 4U));
  bytes[8] = static_cast<unsigned char>((bytes[8] & 0x3fU) | 0x80U);
  const std::string hex = absl::BytesToHexString(
      absl::string_view(reinterpret_cast<char*>(bytes.data()), bytes.size()));
  return absl::StrCat(hex.substr(0, 8), "-", hex.substr(8, 4), "-", hex.substr(12, 4), "-",
                      hex.substr(16, 4), "-", hex.substr(20));
}

}  // namespace

std::string RandomUuid() {
  Initialise();
  Bytes bytes;
  randombytes_buf(bytes.data(), bytes.size());
  return Format(bytes, 4);
}

std::string DerivedUuid(absl::string_view name_space, absl::string_view name) {
  Initialise();
  // The length keeps ("ab", "c") and ("a", "bc") apart.
  const std::string input = absl::StrCat(name_space.size(), ":", name_space, name);
  Bytes bytes;
  crypto_generichash(bytes.data(), bytes.size(),
                     reinterpret_cast<const unsigned char*>(input.data()), input.size(), nullptr,
                     0);
  return Format(bytes, 8);
}

bool IsUuid(absl::string_view text) {
  if (text.size() != 36) return false;
  for (size_t i = 0; i < text.size(); ++i) {
    const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
    const auto c = static_cast<unsigned char>(text[i]);
    if (dash ? c != '-' : !absl::ascii_isxdigit(c)) return false;
  }
  return true;
}

}  // namespace chatwire
