#ifndef CHATWIRE_CLI_COMMANDS_CHECKBOX_WATCH_H_
#define CHATWIRE_CLI_COMMANDS_CHECKBOX_WATCH_H_

#include <memory>

#include "cli/command.h"

namespace chatwire::cli {

/// `chatwire checkbox watch [NAME...]`: prints checkboxes as they are, then whenever they change.
std::unique_ptr<Command> MakeCheckboxWatchCommand();

}  // namespace chatwire::cli

#endif  // CHATWIRE_CLI_COMMANDS_CHECKBOX_WATCH_H_
