#ifndef CHATWIRE_CLI_COMMAND_LIST_H_
#define CHATWIRE_CLI_COMMAND_LIST_H_

#include "cli/command.h"

namespace chatwire::cli {

/// The commands right below `chatwire`, in the order of its help.
CommandGroup RootCommands();

/// The commands of `chatwire checkbox`.
CommandGroup CheckboxCommands();

}  // namespace chatwire::cli

#endif  // CHATWIRE_CLI_COMMAND_LIST_H_
