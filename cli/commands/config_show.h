#ifndef CHATWIRE_CLI_COMMANDS_CONFIG_SHOW_H_
#define CHATWIRE_CLI_COMMANDS_CONFIG_SHOW_H_

#include <memory>

#include "cli/command.h"

namespace chatwire::cli {

/// `chatwire config list`: the values that hold, and where they come from.
std::unique_ptr<Command> MakeConfigListCommand();

/// `chatwire config profiles`.
std::unique_ptr<Command> MakeConfigProfilesCommand();

/// `chatwire config get KEY`.
std::unique_ptr<Command> MakeConfigGetCommand();

/// `chatwire config path`.
std::unique_ptr<Command> MakeConfigPathCommand();

}  // namespace chatwire::cli

#endif  // CHATWIRE_CLI_COMMANDS_CONFIG_SHOW_H_
