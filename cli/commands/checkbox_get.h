#ifndef CHATWIRE_CLI_COMMANDS_CHECKBOX_GET_H_
#define CHATWIRE_CLI_COMMANDS_CHECKBOX_GET_H_

#include <memory>

#include "cli/command.h"

namespace chatwire::cli {

/// `chatwire checkbox get NAME`: shows one checkbox.
std::unique_ptr<Command> MakeCheckboxGetCommand();

}  // namespace chatwire::cli

#endif  // CHATWIRE_CLI_COMMANDS_CHECKBOX_GET_H_
