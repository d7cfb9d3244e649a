#ifndef CHATWIRE_CLI_COMMANDS_COMMAND_RUN_H_
#define CHATWIRE_CLI_COMMANDS_COMMAND_RUN_H_

#include <memory>

#include "cli/command.h"

namespace chatwire::cli {

/// `chatwire command run JID NODE`.
std::unique_ptr<Command> MakeCommandRunCommand();

}  // namespace chatwire::cli

#endif  // CHATWIRE_CLI_COMMANDS_COMMAND_RUN_H_
