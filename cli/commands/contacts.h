#ifndef CHATWIRE_CLI_COMMANDS_CONTACTS_H_
#define CHATWIRE_CLI_COMMANDS_CONTACTS_H_

#include <memory>

#include "cli/command.h"

namespace chatwire::cli {

/// `chatwire contacts`: lists the contacts with their presence.
std::unique_ptr<Command> MakeContactsCommand();

}  // namespace chatwire::cli

#endif  // CHATWIRE_CLI_COMMANDS_CONTACTS_H_
