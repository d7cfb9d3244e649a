#ifndef CHATWIRE_XMPP_SERVICE_DOMAIN_FILE_NAME_H_
#define CHATWIRE_XMPP_SERVICE_DOMAIN_FILE_NAME_H_

#include <cstddef>
#include <string>

#include "absl/strings/string_view.h"

namespace chatwire::xmpp {

/// Longest name that file systems take.
inline constexpr size_t kMaximumFileNameBytes = 255;

/// @p name as it can be used for a file anywhere: without a path, control characters, and
/// characters that turn the direction of the text around; bounded, the ending kept. Empty where
/// nothing is left or @p name is not UTF-8.
std::string SafeFileName(absl::string_view name);

/// Guessed from the ending; `application/octet-stream` where that tells nothing.
std::string MediaTypeOf(absl::string_view file_name);

/// Whether @p text is a media type without parameters (RFC 6838, section 4.2).
bool IsMediaType(absl::string_view text);

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_DOMAIN_FILE_NAME_H_
