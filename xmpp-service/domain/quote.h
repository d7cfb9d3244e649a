#ifndef CHATWIRE_XMPP_SERVICE_DOMAIN_QUOTE_H_
#define CHATWIRE_XMPP_SERVICE_DOMAIN_QUOTE_H_

#include <cstddef>
#include <string>
#include <utility>

#include "absl/strings/string_view.h"

namespace chatwire::xmpp {

/// @p text as a quote in front of a reply: `> ` before each line, and a line's end behind it.
std::string Quoted(absl::string_view text);

/// Unicode characters in @p text, which is what fallback ranges count (XEP-0428).
size_t CountCharacters(absl::string_view text);

/// @p text without its characters @p start to @p end, and those. What reaches beyond the text, or
/// ends before it begins, is not cut.
std::pair<std::string, std::string> CutCharacters(absl::string_view text, size_t start, size_t end);

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_DOMAIN_QUOTE_H_
