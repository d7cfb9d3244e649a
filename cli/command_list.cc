#include "cli/command_list.h"

#include "cli/commands/accounts.h"
#include "cli/commands/checkbox_create.h"
#include "cli/commands/checkbox_delete.h"
#include "cli/commands/checkbox_get.h"
#include "cli/commands/checkbox_list.h"
#include "cli/commands/checkbox_set.h"
#include "cli/commands/checkbox_watch.h"
#include "cli/commands/contacts.h"
#include "cli/commands/health.h"
#include "cli/commands/login.h"
#include "cli/commands/logout.h"
#include "cli/commands/presence.h"
#include "cli/commands/send.h"
#include "cli/commands/version.h"
#include "cli/commands/watch.h"

namespace chatwire::cli {
namespace {

constexpr char kRootFooter[] =
    R"help(Values come from the command line, else from the environment, else from the config file
~/.config/chatwire/config.toml (XDG_CONFIG_HOME counts), whose keys are the long names of the
global options: server = "chat.example.org:7443"

Exit codes:
  0    done
  1    anything that has no number of its own
  2    usage, or a value that the service refuses
  3    no token, a wrong one, a wrong password, or a right that is missing
  4    not found
  5    exists already, or its state does not allow this
  6    the service, or the XMPP server behind it, cannot be reached
  7    out of time, not acknowledged (NO_ACK), or not confirmed by the device (NOT_CONFIRMED)
  130  Ctrl-C

Errors go to standard error: `chatwire: WHAT WAS WRONG; WHAT TO DO`, or with --json
{"error": {"code", "reason", "message", "metadata"}}. Standard output has nothing but the answer:
a table on a terminal, else one row a line with TABs between the fields.

Examples:
  chatwire login lamp-bot@example.org
  chatwire send alice@example.org "the lamp is on"
  chatwire watch --json
  chatwire checkbox set lamp on --wait)help";

constexpr char kCheckboxFooter[] = R"help(Examples:
  chatwire checkbox create lamp --title "Lamp in the hall"
  chatwire checkbox set lamp on --wait
  chatwire checkbox list)help";

}  // namespace

CommandGroup RootCommands() {
  CommandGroup group{"", "XMPP chat and MQTT checkboxes from the command line", kRootFooter, {}};
  group.commands.push_back(MakeLoginCommand());
  group.commands.push_back(MakeLogoutCommand());
  group.commands.push_back(MakeAccountsCommand());
  group.commands.push_back(MakeSendCommand());
  group.commands.push_back(MakeWatchCommand());
  group.commands.push_back(MakeContactsCommand());
  group.commands.push_back(MakePresenceCommand());
  group.commands.push_back(MakeHealthCommand());
  group.commands.push_back(MakeVersionCommand());
  return group;
}

CommandGroup CheckboxCommands() {
  CommandGroup group{"checkbox", "List, make, set and watch checkboxes", kCheckboxFooter, {}};
  group.commands.push_back(MakeCheckboxListCommand());
  group.commands.push_back(MakeCheckboxCreateCommand());
  group.commands.push_back(MakeCheckboxGetCommand());
  group.commands.push_back(MakeCheckboxSetCommand());
  group.commands.push_back(MakeCheckboxToggleCommand());
  group.commands.push_back(MakeCheckboxDeleteCommand());
  group.commands.push_back(MakeCheckboxWatchCommand());
  return group;
}

}  // namespace chatwire::cli
