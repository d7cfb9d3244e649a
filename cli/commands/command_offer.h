#ifndef CHATWIRE_CLI_COMMANDS_COMMAND_OFFER_H_
#define CHATWIRE_CLI_COMMANDS_COMMAND_OFFER_H_

#include <memory>

#include "cli/command.h"

namespace chatwire::cli {

/// `chatwire command offer NODE --exec PROGRAM`.
std::unique_ptr<Command> MakeCommandOfferCommand();

}  // namespace chatwire::cli

#endif  // CHATWIRE_CLI_COMMANDS_COMMAND_OFFER_H_
