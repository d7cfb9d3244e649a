#ifndef CHATWIRE_CLI_GROUPS_CONFIG_H_
#define CHATWIRE_CLI_GROUPS_CONFIG_H_

#include "cli/command.h"

namespace chatwire::cli {

/// `chatwire config`: the config file and its profiles.
CommandGroup ConfigCommands();

}  // namespace chatwire::cli

#endif  // CHATWIRE_CLI_GROUPS_CONFIG_H_
