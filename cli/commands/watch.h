#ifndef CHATWIRE_CLI_COMMANDS_WATCH_H_
#define CHATWIRE_CLI_COMMANDS_WATCH_H_

#include <memory>
#include <string>

#include "cli/command.h"

namespace chatwire::cli {

/// `chatwire listen`, and `watch`, which is the same.
std::unique_ptr<Command> MakeWatchCommand(const std::string& name);

}  // namespace chatwire::cli

#endif  // CHATWIRE_CLI_COMMANDS_WATCH_H_
