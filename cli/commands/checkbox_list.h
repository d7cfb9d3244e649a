#ifndef CHATWIRE_CLI_COMMANDS_CHECKBOX_LIST_H_
#define CHATWIRE_CLI_COMMANDS_CHECKBOX_LIST_H_

#include <memory>

#include "cli/command.h"

namespace chatwire::cli {

/// `chatwire checkbox list`: lists the checkboxes.
std::unique_ptr<Command> MakeCheckboxListCommand();

}  // namespace chatwire::cli

#endif  // CHATWIRE_CLI_COMMANDS_CHECKBOX_LIST_H_
