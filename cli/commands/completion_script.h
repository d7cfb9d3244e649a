#ifndef CHATWIRE_CLI_COMMANDS_COMPLETION_SCRIPT_H_
#define CHATWIRE_CLI_COMMANDS_COMPLETION_SCRIPT_H_

#include <memory>

#include "cli/command.h"

namespace chatwire::cli {

/// `chatwire completion bash|zsh|fish`.
std::unique_ptr<Command> MakeCompletionCommand();

}  // namespace chatwire::cli

#endif  // CHATWIRE_CLI_COMMANDS_COMPLETION_SCRIPT_H_
