#include "cli/commands/accounts.h"
#include "cli/commands/login.h"
#include "cli/commands/logout.h"
#include "cli/commands/password.h"
#include "cli/commands/register.h"
#include "cli/groups/groups.h"
#include "cli/rpc/rpc_command.h"

namespace chatwire::cli {

CommandGroup AccountCommands() {
  CommandGroup group{HelpText("", {"account login lamp-bot@example.org", "account list"}, {}), {}};
  group.commands.push_back(MakeRegisterCommand());
  group.commands.push_back(MakeLoginCommand());
  group.commands.push_back(MakeLogoutCommand());
  group.commands.push_back(MakeAccountsCommand("list"));
  AddRpcCommands({{.name = "show",
                   .about = "Show how the account's session is",
                   .rpc = "xmpp.v1.AccountService.GetAccount",
                   .object = "account",
                   .examples = {"account show", "account show --account lamp-bot@example.org"}}},
                 group);
  group.commands.push_back(MakePasswordCommand());
  AddRpcCommands(
      {{.name = "delete",
        .about = "Delete the account on its XMPP server, for good",
        .rpc = "xmpp.v1.AccountService.DeleteAccount",
        .arguments = {{"--yes", "", "Yes, delete it", ValueKind::kPlain, "true", true}},
        .done = "the account {account} is deleted",
        .notes =
            "With all that the server keeps for it. `chatwire logout` only ends the session here.",
        .examples = {"account delete --yes --account lamp-bot@example.org"}}},
      group);
  return group;
}

}  // namespace chatwire::cli
