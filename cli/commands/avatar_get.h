#ifndef CHATWIRE_CLI_COMMANDS_AVATAR_GET_H_
#define CHATWIRE_CLI_COMMANDS_AVATAR_GET_H_

#include <memory>

#include "cli/command.h"

namespace chatwire::cli {

/// `chatwire profile avatar [JID] --out FILE`.
std::unique_ptr<Command> MakeAvatarGetCommand();

}  // namespace chatwire::cli

#endif  // CHATWIRE_CLI_COMMANDS_AVATAR_GET_H_
