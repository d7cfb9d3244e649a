#ifndef CHATWIRE_CLI_CHAT_TYPED_LINE_H_
#define CHATWIRE_CLI_CHAT_TYPED_LINE_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"

namespace chatwire::cli {

/// A `/command` of the chat, for its help.
struct ChatCommand {
  const char* name;
  const char* arguments;
  const char* about;
};

/// All of them, in the order of the help.
const std::vector<ChatCommand>& ChatCommands();

/// What somebody has typed and ended with Enter.
struct TypedLine {
  /// Without the slash, by its first name; "" for a message.
  std::string command;
  /// The message, or what stands behind the command.
  std::string text;
};

/// A line that begins with `/` is a command. `//` sends a text that begins with a slash, and `/me`
/// is a text (XEP-0245). Errors: INVALID_ARGUMENT/USAGE that names the nearest command.
absl::StatusOr<TypedLine> ParseTypedLine(const std::string& line);

/// Takes the first word off @p text. "" when there is none.
std::string TakeWord(std::string& text);

}  // namespace chatwire::cli

#endif  // CHATWIRE_CLI_CHAT_TYPED_LINE_H_
