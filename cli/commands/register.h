#ifndef CHATWIRE_CLI_COMMANDS_REGISTER_H_
#define CHATWIRE_CLI_COMMANDS_REGISTER_H_

#include <memory>

#include "cli/command.h"

namespace chatwire::cli {

/// `chatwire account register JID`.
std::unique_ptr<Command> MakeRegisterCommand();

}  // namespace chatwire::cli

#endif  // CHATWIRE_CLI_COMMANDS_REGISTER_H_
