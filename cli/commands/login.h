#ifndef CHATWIRE_CLI_COMMANDS_LOGIN_H_
#define CHATWIRE_CLI_COMMANDS_LOGIN_H_

#include <memory>

#include "cli/command.h"

namespace chatwire::cli {

/// `chatwire login JID`: signs an XMPP account in and saves the token.
std::unique_ptr<Command> MakeLoginCommand();

}  // namespace chatwire::cli

#endif  // CHATWIRE_CLI_COMMANDS_LOGIN_H_
