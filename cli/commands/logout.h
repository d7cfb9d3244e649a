#ifndef CHATWIRE_CLI_COMMANDS_LOGOUT_H_
#define CHATWIRE_CLI_COMMANDS_LOGOUT_H_

#include <memory>

#include "cli/command.h"

namespace chatwire::cli {

/// `chatwire logout`: signs the account out and forgets its saved token.
std::unique_ptr<Command> MakeLogoutCommand();

}  // namespace chatwire::cli

#endif  // CHATWIRE_CLI_COMMANDS_LOGOUT_H_
