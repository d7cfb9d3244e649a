#ifndef CHATWIRE_XMPP_SERVICE_DOMAIN_ASCII_H_
#define CHATWIRE_XMPP_SERVICE_DOMAIN_ASCII_H_

#include "absl/strings/ascii.h"

namespace chatwire::xmpp {

/// Abseil's functions take unsigned characters; texts have plain ones.
inline bool IsAsciiAlpha(char c) { return absl::ascii_isalpha(static_cast<unsigned char>(c)); }
inline bool IsAsciiAlnum(char c) { return absl::ascii_isalnum(static_cast<unsigned char>(c)); }
inline bool IsAsciiControl(char c) { return absl::ascii_iscntrl(static_cast<unsigned char>(c)); }
inline bool IsAsciiDigit(char c) { return absl::ascii_isdigit(static_cast<unsigned char>(c)); }
inline bool IsAsciiGraph(char c) { return absl::ascii_isgraph(static_cast<unsigned char>(c)); }
inline bool IsAsciiHexDigit(char c) { return absl::ascii_isxdigit(static_cast<unsigned char>(c)); }
inline bool IsAsciiSpace(char c) { return absl::ascii_isspace(static_cast<unsigned char>(c)); }
inline char AsciiToLower(char c) { return absl::ascii_tolower(static_cast<unsigned char>(c)); }

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_DOMAIN_ASCII_H_
