#ifndef CHATWIRE_CLI_COMMANDS_CHECKBOX_CREATE_H_
#define CHATWIRE_CLI_COMMANDS_CHECKBOX_CREATE_H_

#include <memory>

#include "cli/command.h"

namespace chatwire::cli {

/// `chatwire checkbox create NAME`: makes a checkbox.
std::unique_ptr<Command> MakeCheckboxCreateCommand();

}  // namespace chatwire::cli

#endif  // CHATWIRE_CLI_COMMANDS_CHECKBOX_CREATE_H_
