#ifndef CHATWIRE_CLI_MENU_MENU_ACTIONS_H_
#define CHATWIRE_CLI_MENU_MENU_ACTIONS_H_

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "cli/command.h"
#include "cli/menu/menu_terminal.h"

namespace chatwire::cli {

// What the entries of the menu do. All of it ends where it began: in the menu.

/// Runs @p command as with @p arguments on the command line.
absl::Status RunCommandLine(Session& session, std::unique_ptr<Command> command,
                            const std::vector<std::string>& arguments);

/// Does @p then with an address NAME@SERVER that somebody types; nothing when they type none. Who
/// types a name only is asked for the server.
absl::Status WithAddress(MenuTerminal& terminal, const std::string& what,
                         const std::function<absl::Status(const std::string&)>& then);

absl::Status WriteToSomebody(Session& session, MenuTerminal& terminal);
absl::Status Contacts(Session& session, MenuTerminal& terminal);
absl::Status Rooms(Session& session, MenuTerminal& terminal);
absl::Status ShowHelp(MenuTerminal& terminal);

}  // namespace chatwire::cli

#endif  // CHATWIRE_CLI_MENU_MENU_ACTIONS_H_
