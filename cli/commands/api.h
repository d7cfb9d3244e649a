#ifndef CHATWIRE_CLI_COMMANDS_API_H_
#define CHATWIRE_CLI_COMMANDS_API_H_

#include <memory>

#include "cli/command.h"

namespace chatwire::cli {

/// `chatwire api list`.
std::unique_ptr<Command> MakeApiListCommand();

/// `chatwire api describe SYMBOL`.
std::unique_ptr<Command> MakeApiDescribeCommand();

/// `chatwire api call SERVICE/METHOD [JSON|-]`.
std::unique_ptr<Command> MakeApiCallCommand();

}  // namespace chatwire::cli

#endif  // CHATWIRE_CLI_COMMANDS_API_H_
