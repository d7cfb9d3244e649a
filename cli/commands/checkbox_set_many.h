#ifndef CHATWIRE_CLI_COMMANDS_CHECKBOX_SET_MANY_H_
#define CHATWIRE_CLI_COMMANDS_CHECKBOX_SET_MANY_H_

#include <memory>

#include "cli/command.h"

namespace chatwire::cli {

/// `chatwire checkbox set-many CHECKBOX... --to on|off|toggle`.
std::unique_ptr<Command> MakeCheckboxSetManyCommand();

/// `chatwire checkbox set-label LABEL on|off|toggle`.
std::unique_ptr<Command> MakeCheckboxSetLabelCommand();

}  // namespace chatwire::cli

#endif  // CHATWIRE_CLI_COMMANDS_CHECKBOX_SET_MANY_H_
