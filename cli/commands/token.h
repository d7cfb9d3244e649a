#ifndef CHATWIRE_CLI_COMMANDS_TOKEN_H_
#define CHATWIRE_CLI_COMMANDS_TOKEN_H_

#include <memory>

#include "cli/command.h"

namespace chatwire::cli {

/// `chatwire token create SERVICE`.
std::unique_ptr<Command> MakeTokenCreateCommand();

/// `chatwire token list SERVICE`.
std::unique_ptr<Command> MakeTokenListCommand();

/// `chatwire token revoke SERVICE TOKEN_ID`.
std::unique_ptr<Command> MakeTokenRevokeCommand();

}  // namespace chatwire::cli

#endif  // CHATWIRE_CLI_COMMANDS_TOKEN_H_
