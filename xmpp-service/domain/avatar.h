#ifndef CHATWIRE_XMPP_SERVICE_DOMAIN_AVATAR_H_
#define CHATWIRE_XMPP_SERVICE_DOMAIN_AVATAR_H_

#include <string>

#include "absl/strings/string_view.h"

namespace chatwire::xmpp {

/// Where an avatar was found: PEP (XEP-0084) or the profile (XEP-0153). The numbers are those of
/// the API.
enum class AvatarSource { kPep = 1, kProfile = 2 };

/// A picture of somebody.
struct Avatar {
  /// Most bytes of one that is fetched, and of one that is set.
  static constexpr size_t kMaximumBytes = 1'048'576;
  static constexpr size_t kMaximumOwnBytes = 131'072;

  std::string content;
  std::string mime_type;
  /// SHA-1 of the content in lower-case hexadecimal digits.
  std::string hash;
  AvatarSource source = AvatarSource::kPep;
};

/// Somebody's avatar changed.
struct AvatarChanged {
  /// Bare.
  std::string jid;
  /// Empty: it was removed.
  std::string hash;
  AvatarSource source = AvatarSource::kPep;
};

/// What picture @p content begins as: PNG, JPEG, GIF or WebP; "" when it is none of them. What a
/// stranger says that it is counts for nothing.
std::string PictureType(absl::string_view content);

/// Whether @p hash has the form of one: 40 hexadecimal digits in lower case.
bool IsAvatarHash(absl::string_view hash);

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_DOMAIN_AVATAR_H_
