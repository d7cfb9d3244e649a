#ifndef CHATWIRE_CLI_COMMANDS_BROKER_SUBSCRIBE_H_
#define CHATWIRE_CLI_COMMANDS_BROKER_SUBSCRIBE_H_

#include <memory>

#include "cli/command.h"

namespace chatwire::cli {

/// `chatwire broker subscribe FILTER...`.
std::unique_ptr<Command> MakeBrokerSubscribeCommand();

}  // namespace chatwire::cli

#endif  // CHATWIRE_CLI_COMMANDS_BROKER_SUBSCRIBE_H_
