#ifndef CHATWIRE_CLI_PRINTABLE_H_
#define CHATWIRE_CLI_PRINTABLE_H_

#include <string>

namespace chatwire::cli {

/// @p text on one line and harmless to a terminal: line breaks and TABs as `\n` and `\t`, other
/// control characters (C0, DEL, C1) and the Unicode characters that turn the direction of writing
/// as `\u{..}`, broken UTF-8 as `\x..`.
std::string Printable(const std::string& text);

/// How many columns @p text takes on a terminal: East Asian wide characters take two.
///
/// Uses the locale's LC_CTYPE; a character that it does not know counts as one.
int DisplayWidth(const std::string& text);

/// Whether @p text is well-formed UTF-8 (RFC 3629).
bool IsUtf8(const std::string& text);

}  // namespace chatwire::cli

#endif  // CHATWIRE_CLI_PRINTABLE_H_
