#include "cli/commands/token.h"

#include "cli/groups/groups.h"

namespace chatwire::cli {

CommandGroup TokenCommands() {
  CommandGroup group{
      HelpText(
          "Each service has tokens of its own; xmpp or mqtt says which one is asked. The token "
          "that asks needs the scope `token`: that of admin.token has it.",
          {"token create mqtt --label 'wall switch' --scope checkbox.set --out switch.token",
           "token list xmpp"},
          {}),
      {}};
  group.commands.push_back(MakeTokenCreateCommand());
  group.commands.push_back(MakeTokenListCommand());
  group.commands.push_back(MakeTokenRevokeCommand());
  return group;
}

}  // namespace chatwire::cli
