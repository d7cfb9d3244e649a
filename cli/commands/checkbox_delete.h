#ifndef CHATWIRE_CLI_COMMANDS_CHECKBOX_DELETE_H_
#define CHATWIRE_CLI_COMMANDS_CHECKBOX_DELETE_H_

#include <memory>

#include "cli/command.h"

namespace chatwire::cli {

/// `chatwire checkbox delete NAME`: removes a checkbox.
std::unique_ptr<Command> MakeCheckboxDeleteCommand();

}  // namespace chatwire::cli

#endif  // CHATWIRE_CLI_COMMANDS_CHECKBOX_DELETE_H_
