#ifndef CHATWIRE_CLI_COMMANDS_ACCOUNTS_H_
#define CHATWIRE_CLI_COMMANDS_ACCOUNTS_H_

#include <memory>

#include "cli/command.h"

namespace chatwire::cli {

/// `chatwire accounts`: lists the accounts with the state of their sessions.
std::unique_ptr<Command> MakeAccountsCommand();

}  // namespace chatwire::cli

#endif  // CHATWIRE_CLI_COMMANDS_ACCOUNTS_H_
