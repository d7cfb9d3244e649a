#ifndef CHATWIRE_CLI_GROUPS_API_H_
#define CHATWIRE_CLI_GROUPS_API_H_

#include "cli/command.h"

namespace chatwire::cli {

/// `chatwire api`: any RPC by its name.
CommandGroup ApiCommands();

}  // namespace chatwire::cli

#endif  // CHATWIRE_CLI_GROUPS_API_H_
