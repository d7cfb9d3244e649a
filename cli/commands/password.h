#ifndef CHATWIRE_CLI_COMMANDS_PASSWORD_H_
#define CHATWIRE_CLI_COMMANDS_PASSWORD_H_

#include <memory>

#include "cli/command.h"

namespace chatwire::cli {

/// `chatwire account passwd`.
std::unique_ptr<Command> MakePasswordCommand();

}  // namespace chatwire::cli

#endif  // CHATWIRE_CLI_COMMANDS_PASSWORD_H_
