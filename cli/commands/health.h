#ifndef CHATWIRE_CLI_COMMANDS_HEALTH_H_
#define CHATWIRE_CLI_COMMANDS_HEALTH_H_

#include <memory>

#include "cli/command.h"

namespace chatwire::cli {

/// `chatwire health`: asks both services whether they live and are ready.
std::unique_ptr<Command> MakeHealthCommand();

}  // namespace chatwire::cli

#endif  // CHATWIRE_CLI_COMMANDS_HEALTH_H_
