#ifndef CHATWIRE_CLI_COMMANDS_WATCH_H_
#define CHATWIRE_CLI_COMMANDS_WATCH_H_

#include <memory>

#include "cli/command.h"

namespace chatwire::cli {

/// `chatwire watch`: prints what happens on the accounts, as it happens.
std::unique_ptr<Command> MakeWatchCommand();

}  // namespace chatwire::cli

#endif  // CHATWIRE_CLI_COMMANDS_WATCH_H_
