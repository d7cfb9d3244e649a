#ifndef CHATWIRE_CLI_COMMANDS_PRESENCE_H_
#define CHATWIRE_CLI_COMMANDS_PRESENCE_H_

#include <memory>

#include "cli/command.h"

namespace chatwire::cli {

/// `chatwire presence AVAILABILITY`: sets what the account shows of itself.
std::unique_ptr<Command> MakePresenceCommand();

}  // namespace chatwire::cli

#endif  // CHATWIRE_CLI_COMMANDS_PRESENCE_H_
