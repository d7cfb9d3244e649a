#ifndef CHATWIRE_CLI_COMMANDS_CHECKBOX_SET_H_
#define CHATWIRE_CLI_COMMANDS_CHECKBOX_SET_H_

#include <memory>
#include <string>

#include "cli/command.h"

namespace chatwire::cli {

/// `chatwire checkbox set CHECKBOX on|off|toggle`.
std::unique_ptr<Command> MakeCheckboxSetCommand();

/// `on`, `off` or `toggle` as a command of its own: the same as `set CHECKBOX @p name`. nullptr for
/// another name.
std::unique_ptr<Command> MakeCheckboxActionCommand(const std::string& name);

}  // namespace chatwire::cli

#endif  // CHATWIRE_CLI_COMMANDS_CHECKBOX_SET_H_
