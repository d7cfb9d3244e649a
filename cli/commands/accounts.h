#ifndef CHATWIRE_CLI_COMMANDS_ACCOUNTS_H_
#define CHATWIRE_CLI_COMMANDS_ACCOUNTS_H_

#include <memory>
#include <string>

#include "cli/command.h"

namespace chatwire::cli {

/// `chatwire account list`, and its short form `accounts`.
std::unique_ptr<Command> MakeAccountsCommand(const std::string& name);

}  // namespace chatwire::cli

#endif  // CHATWIRE_CLI_COMMANDS_ACCOUNTS_H_
