#include "xmpp-service/domain/avatar.h"

#include <algorithm>

#include "absl/strings/match.h"

namespace chatwire::xmpp {

std::string PictureType(absl::string_view content) {
  if (absl::StartsWith(content, "\x89PNG\r\n\x1a\n")) return "image/png";
  if (absl::StartsWith(content, "\xff\xd8\xff")) return "image/jpeg";
  if (absl::StartsWith(content, "GIF87a") || absl::StartsWith(content, "GIF89a")) {
    return "image/gif";
  }
  if (absl::StartsWith(content, "RIFF") && content.substr(0, 12).substr(8) == "WEBP") {
    return "image/webp";
  }
  return "";
}

bool IsAvatarHash(absl::string_view hash) {
  return hash.size() == 40 && std::all_of(hash.begin(), hash.end(), [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
         });
}

}  // namespace chatwire::xmpp
