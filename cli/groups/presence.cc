#include "cli/groups/groups.h"
#include "cli/rpc/rpc_command.h"

namespace chatwire::cli {
namespace {

constexpr char kWords[] =
    "AVAILABILITY is online, chat, away, extended_away (or xa), do_not_disturb (or dnd), or "
    "offline:\n"
    "connected, shown as offline.";

std::vector<Argument> With(std::vector<Argument> arguments, bool priority) {
  arguments.push_back({"AVAILABILITY", "presence.availability", "How available the account is"});
  arguments.push_back({"--status TEXT", "presence.status", "Text that goes with it"});
  if (priority) arguments.push_back({"--priority NUMBER", "presence.priority", "-128 to 127"});
  return arguments;
}

}  // namespace

CommandGroup PresenceCommands() {
  CommandGroup group{HelpText("", {"presence set dnd --status 'in a meeting'"}, {}), {}};
  AddRpcCommands(
      {{.name = "set",
        .about = "Set what the account shows of itself",
        .rpc = "xmpp.v1.PresenceService.SetPresence",
        .arguments = With({}, true),
        .done = "shown as {presence.availability}",
        .notes = std::string(kWords) + " The service keeps it over reconnects and restarts.",
        .examples = {"presence set online", "presence set dnd --status 'in a meeting'"}},
       {.name = "get",
        .about = "Show what a contact, or the account itself, shows",
        .rpc = "xmpp.v1.PresenceService.GetPresence",
        .arguments = {{"[JID]", "jid", "Bare JID of the contact (else: the account)"}},
        .examples = {"presence get", "presence get alice@example.org"}},
       {.name = "direct",
        .about = "Show somebody another presence",
        .rpc = "xmpp.v1.PresenceService.SendDirectedPresence",
        .arguments = With({{"JID", "to", "To whom"}}, false),
        .done = "shown to {to} as {presence.availability}",
        .notes = kWords,
        .examples = {"presence direct alice@example.org online"}},
       {.name = "directed",
        .about = "List to whom the account shows another presence",
        .rpc = "xmpp.v1.PresenceService.ListDirectedPresences",
        .list = "directed_presences",
        .columns = {{"TO", "to"},
                    {"PRESENCE", "presence.availability"},
                    {"STATUS", "presence.status"}},
        .examples = {"presence directed"}}},
      group);
  return group;
}

}  // namespace chatwire::cli
