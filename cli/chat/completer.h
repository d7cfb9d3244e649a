#ifndef CHATWIRE_CLI_CHAT_COMPLETER_H_
#define CHATWIRE_CLI_CHAT_COMPLETER_H_

#include <string>
#include <vector>

#include "cli/chat/line_editor.h"

namespace chatwire::cli {

/// Names that the word at the cursor may become.
struct CompletionNames {
  /// Of the people here, whoever spoke last first. At the start of a line with `: ` behind.
  std::vector<std::string> nicks;
  /// JIDs that the account knows.
  std::vector<std::string> jids;
};

/// Completes the word before the cursor: a command, a nick or a JID; Tab again takes the next one.
class Completer {
 public:
  /// Returns whether there was something to complete.
  bool Complete(LineEditor& editor, const CompletionNames& names);

  /// Another key was pressed.
  void Reset() { found_.clear(); }

 private:
  std::vector<std::string> found_;
  size_t next_ = 0;
  size_t start_ = 0;
  size_t length_ = 0;
};

}  // namespace chatwire::cli

#endif  // CHATWIRE_CLI_CHAT_COMPLETER_H_
