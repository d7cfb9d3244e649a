#include "cli/command_list.h"

#include "cli/chat/chat_entry.h"
#include "cli/commands/accounts.h"
#include "cli/commands/checkbox_set.h"
#include "cli/commands/completion_script.h"
#include "cli/commands/doctor.h"
#include "cli/commands/health.h"
#include "cli/commands/login.h"
#include "cli/commands/logout.h"
#include "cli/commands/send.h"
#include "cli/commands/version.h"
#include "cli/commands/watch.h"
#include "cli/groups/api.h"
#include "cli/groups/config.h"
#include "cli/groups/groups.h"

namespace chatwire::cli {
namespace {

constexpr char kRootFooter[] =
    R"help(Alone in a terminal, `chatwire` opens a menu: sign up, sign in, chats, contacts, rooms, checkboxes.

Values come from the command line, else from the environment, else from the config file
~/.config/chatwire/config.toml (XDG_CONFIG_HOME counts). Its keys are the long names of the global
options, at the top for all or in a profile:

  default_profile = "home"
  [profile.home]
  server = "chat.example.org:7443"
  account = "me@example.org"

--profile or CHATWIRE_PROFILE choose another profile; `chatwire config` shows and changes the file.

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
a table on a terminal, else one row a line with TABs between the fields. --json prints one object a
line: the fields of the contracts (proto/), enums as words, times as RFC 3339, durations as "1.5s",
bytes in base64; what is not there is left out.

--verbose shows each call on standard error, with --json as {"rpc": {"method", "address", "status",
"reason", "duration", "request_id"}}.

--format and --fields print of each such object what you choose: '{jid} {resources.0.presence.status}',
with \t, \n and \\, {{ and }} for braces, * for every element of a list. What is not there is empty.
Of events, fields of what happened may be named alone: {body} for {message_received.body}.

Examples:
  chatwire login lamp-bot@example.org
  chatwire send alice@example.org "the lamp is on"
  chatwire listen --json
  chatwire listen --kinds message_received --format '{from}: {body}'
  chatwire contacts --fields jid,subscription
  chatwire on lamp
  chatwire checkbox set lamp on --wait)help";

}  // namespace

CommandGroup RootCommands() {
  CommandGroup group{kRootFooter, {}};
  auto& commands = group.commands;
  commands.push_back(MakeLoginCommand());
  commands.push_back(MakeLogoutCommand());
  commands.push_back(MakeAccountsCommand("accounts"));
  commands.push_back(MakeSendCommand());
  commands.push_back(MakeChatCommand());
  commands.push_back(MakeWatchCommand("listen"));
  commands.push_back(MakeWatchCommand("watch"));
  commands.push_back(MakeHistoryCommand());
  commands.push_back(MakeContactsCommand());
  commands.push_back(MakeCheckboxActionCommand("on"));
  commands.push_back(MakeCheckboxActionCommand("off"));
  commands.push_back(MakeCheckboxActionCommand("toggle"));
  commands.push_back(MakePingCommand());
  commands.push_back(MakeHealthCommand());
  commands.push_back(MakeDoctorCommand());
  commands.push_back(MakeCompletionCommand());
  commands.push_back(MakeVersionCommand());
  return group;
}

const std::vector<GroupEntry>& Groups() {
  static const auto* const kGroups = new std::vector<GroupEntry>{
      {"account", "Register, sign in, list and delete accounts", AccountCommands},
      {"message", "Send, correct, retract and mark messages", MessageCommands},
      {"archive", "Read and set up the archive on the XMPP server", ArchiveCommands},
      {"contact", "List, add, group and block contacts", ContactCommands},
      {"presence", "Set and see who is available", PresenceCommands},
      {"profile", "Profiles and avatars", ProfileCommands},
      {"users", "Search for users", UsersCommands},
      {"room", "Join, use and run chat rooms", RoomCommands},
      {"bookmark", "List and set the bookmarks of rooms", BookmarkCommands},
      {"file", "Send and fetch files", FileCommands},
      {"command", "Run and offer commands (XEP-0050)", CommandCommands},
      {"discover", "Ask servers and clients what they can do", DiscoverCommands},
      {"stanza", "Send XML as it is", StanzaCommands},
      {"checkbox", "List, make, set and watch checkboxes", CheckboxCommands},
      {"broker", "Publish, subscribe and see the MQTT connection", BrokerCommands},
      {"token", "Make, list and revoke API tokens", TokenCommands},
      {"config", "Profiles and settings of this program", ConfigCommands},
      {"api", "Call any RPC by its name", ApiCommands}};
  return *kGroups;
}

}  // namespace chatwire::cli
