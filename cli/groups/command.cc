#include "cli/commands/command_offer.h"
#include "cli/commands/command_run.h"
#include "cli/groups/groups.h"
#include "cli/rpc/rpc_command.h"

namespace chatwire::cli {

CommandGroup CommandCommands() {
  CommandGroup group{
      HelpText("", {"command list bot@example.org/home", "command run bot@example.org/home lamp"},
               {}),
      {}};
  AddRpcCommands({{.name = "list",
                   .about = "List the commands that somebody offers",
                   .rpc = "xmpp.v1.CommandService.ListCommands",
                   .arguments = {{"[JID]", "jid", "Who offers them (else: the account's server)"}},
                   .list = "commands",
                   .columns = {{"NODE", "node"}, {"NAME", "name"}, {"JID", "jid"}},
                   .examples = {"command list", "command list bot@example.org/home"}}},
                 group);
  group.commands.push_back(MakeCommandRunCommand());
  group.commands.push_back(MakeCommandOfferCommand());
  return group;
}

}  // namespace chatwire::cli
