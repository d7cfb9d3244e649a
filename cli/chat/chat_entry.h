#ifndef CHATWIRE_CLI_CHAT_CHAT_ENTRY_H_
#define CHATWIRE_CLI_CHAT_CHAT_ENTRY_H_

#include <memory>
#include <string>

#include "cli/chat/chat.h"
#include "cli/command.h"

namespace chatwire::cli {

/// `chatwire chat`: an interactive chat.
std::unique_ptr<Command> MakeChatCommand();

/// Runs a chat as the terminal allows: on the whole screen, or line by line.
absl::Status RunChat(Session& session, const Chat::Options& options);

}  // namespace chatwire::cli

#endif  // CHATWIRE_CLI_CHAT_CHAT_ENTRY_H_
