#ifndef CHATWIRE_XMPP_SERVICE_DOMAIN_TEXT_H_
#define CHATWIRE_XMPP_SERVICE_DOMAIN_TEXT_H_

#include <cstddef>
#include <string>

#include "absl/strings/string_view.h"

namespace chatwire::xmpp {

/// Most bytes of a message's text, sent or journalled.
inline constexpr size_t kMaximumBodyBytes = 65'536;

/// Whether @p text is valid UTF-8 and has only characters that XML 1.0 can carry (its section 2.2).
bool IsXmlText(absl::string_view text);

/// @p text cut to at most @p maximum_bytes, not inside a character. @p text is valid UTF-8.
std::string TruncateUtf8(absl::string_view text, size_t maximum_bytes);

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_DOMAIN_TEXT_H_
