#ifndef CHATWIRE_CLI_CHAT_SCREEN_TEXT_H_
#define CHATWIRE_CLI_CHAT_SCREEN_TEXT_H_

#include <string>
#include <vector>

namespace chatwire::cli {

// Text of others on a screen of columns: what it may contain, and how wide it is.

/// What of @p text may go to a screen. Control characters are shown instead of sent (see
/// Printable), line breaks stay, TABs become blanks. Left out is what terminals do not agree about:
/// joiners, variation selectors and skin tones change how wide the emoji before them is, or do not.
/// Flags become the two letters that they are made of.
std::string ScreenText(const std::string& text);

/// A character with what is combined with it: what a cursor moves over at once.
struct Cluster {
  /// Where it is in the text, in bytes.
  size_t offset = 0;
  std::string text;
  /// Columns on the screen.
  int width = 0;
};

/// The clusters of well-formed UTF-8. Combining characters beyond the fourth of one are left out.
std::vector<Cluster> ClustersOf(const std::string& text);

/// @p text on one line of at most @p width columns; what is cut off shows as `…`.
std::string Fitted(const std::string& text, int width);

/// @p text in lines of at most @p width columns, broken at blanks where there are any; its own line
/// breaks stay. The first line has @p used columns less. At least one line, maybe empty.
std::vector<std::string> Wrapped(const std::string& text, int width, int used = 0);

}  // namespace chatwire::cli

#endif  // CHATWIRE_CLI_CHAT_SCREEN_TEXT_H_
