#ifndef CHATWIRE_CLI_COMMANDS_CONFIG_EDIT_H_
#define CHATWIRE_CLI_COMMANDS_CONFIG_EDIT_H_

#include <memory>

#include "cli/command.h"

namespace chatwire::cli {

/// `chatwire config set KEY VALUE`.
std::unique_ptr<Command> MakeConfigSetCommand();

/// `chatwire config unset KEY`.
std::unique_ptr<Command> MakeConfigUnsetCommand();

/// `chatwire config use PROFILE`.
std::unique_ptr<Command> MakeConfigUseCommand();

}  // namespace chatwire::cli

#endif  // CHATWIRE_CLI_COMMANDS_CONFIG_EDIT_H_
