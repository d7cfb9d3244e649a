#ifndef CHATWIRE_CLI_COMMANDS_SEND_H_
#define CHATWIRE_CLI_COMMANDS_SEND_H_

#include <memory>

#include "cli/command.h"

namespace chatwire::cli {

/// `chatwire send TO BODY`: sends one chat message.
std::unique_ptr<Command> MakeSendCommand();

}  // namespace chatwire::cli

#endif  // CHATWIRE_CLI_COMMANDS_SEND_H_
