#ifndef CHATWIRE_CLI_COMMANDS_FILE_SEND_H_
#define CHATWIRE_CLI_COMMANDS_FILE_SEND_H_

#include <memory>

#include "cli/command.h"

namespace chatwire::cli {

/// `chatwire file send JID FILE`.
std::unique_ptr<Command> MakeFileSendCommand();

}  // namespace chatwire::cli

#endif  // CHATWIRE_CLI_COMMANDS_FILE_SEND_H_
