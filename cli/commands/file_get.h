#ifndef CHATWIRE_CLI_COMMANDS_FILE_GET_H_
#define CHATWIRE_CLI_COMMANDS_FILE_GET_H_

#include <memory>

#include "cli/command.h"

namespace chatwire::cli {

/// `chatwire file get URL`.
std::unique_ptr<Command> MakeFileGetCommand();

}  // namespace chatwire::cli

#endif  // CHATWIRE_CLI_COMMANDS_FILE_GET_H_
