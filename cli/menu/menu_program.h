#ifndef CHATWIRE_CLI_MENU_MENU_PROGRAM_H_
#define CHATWIRE_CLI_MENU_MENU_PROGRAM_H_

#include "absl/status/status.h"
#include "cli/command.h"

namespace chatwire::cli {

/// Runs the menu on the terminal of @p session. Errors: CANCELLED/INTERRUPTED.
absl::Status RunMenu(const Session& session);

}  // namespace chatwire::cli

#endif  // CHATWIRE_CLI_MENU_MENU_PROGRAM_H_
