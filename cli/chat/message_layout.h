#ifndef CHATWIRE_CLI_CHAT_MESSAGE_LAYOUT_H_
#define CHATWIRE_CLI_CHAT_MESSAGE_LAYOUT_H_

#include <string>
#include <vector>

#include "cli/chat/chat_message.h"

namespace chatwire::cli {

/// How a piece of a line shows.
enum class Style {
  kPlain,
  kDim,
  kOwnName,
  /// The name of somebody else, in a colour of theirs.
  kName,
  /// A text that names this account.
  kMention,
  kError,
};

struct Span {
  std::string text;
  Style style = Style::kPlain;
};

/// One line on the screen.
using ScreenLine = std::vector<Span>;

/// How messages are laid out.
struct LayoutOptions {
  int width = 80;
  /// A message of somebody else with this word in it is a mention. Empty: none is.
  std::string own_nick;
  absl::TimeZone time_zone = absl::LocalTimeZone();
};

/// The lines of @p message; with the date above it where @p before was on another day, or is
/// nullptr.
std::vector<ScreenLine> LayOut(const ChatMessage& message, const ChatMessage* before,
                               const LayoutOptions& options);

/// Whether @p text names @p nick, as a word of its own.
bool Mentions(const std::string& text, const std::string& nick);

}  // namespace chatwire::cli

#endif  // CHATWIRE_CLI_CHAT_MESSAGE_LAYOUT_H_
