#ifndef CHATWIRE_CLI_COMMANDS_VERSION_H_
#define CHATWIRE_CLI_COMMANDS_VERSION_H_

#include <memory>
#include <string>

#include "cli/command.h"

namespace chatwire::cli {

/// What `chatwire version` and `chatwire --version` print.
std::string VersionText();

/// `chatwire version`: prints the version of this program.
std::unique_ptr<Command> MakeVersionCommand();

}  // namespace chatwire::cli

#endif  // CHATWIRE_CLI_COMMANDS_VERSION_H_
