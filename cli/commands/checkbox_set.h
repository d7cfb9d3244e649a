#ifndef CHATWIRE_CLI_COMMANDS_CHECKBOX_SET_H_
#define CHATWIRE_CLI_COMMANDS_CHECKBOX_SET_H_

#include <memory>

#include "cli/command.h"

namespace chatwire::cli {

/// `chatwire checkbox set NAME on|off|toggle`.
std::unique_ptr<Command> MakeCheckboxSetCommand();

/// `chatwire checkbox toggle NAME`: the same as `set NAME toggle`.
std::unique_ptr<Command> MakeCheckboxToggleCommand();

}  // namespace chatwire::cli

#endif  // CHATWIRE_CLI_COMMANDS_CHECKBOX_SET_H_
