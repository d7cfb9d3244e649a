#include "cli/commands/api.h"

#include "cli/groups/groups.h"

namespace chatwire::cli {

CommandGroup ApiCommands() {
  CommandGroup group{HelpText("",
                              {"api list", "api describe RosterService/AddContact",
                               "api call BrokerService/GetStatus '{}'"},
                              {}),
                     {}};
  group.commands.push_back(MakeApiListCommand());
  group.commands.push_back(MakeApiDescribeCommand());
  group.commands.push_back(MakeApiCallCommand());
  return group;
}

}  // namespace chatwire::cli
