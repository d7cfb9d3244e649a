#include "cli/groups/config.h"

#include "cli/commands/config_edit.h"
#include "cli/commands/config_show.h"

namespace chatwire::cli {

CommandGroup ConfigCommands() {
  CommandGroup group{
      HelpText(
          "The config file has values at its top, for every profile, and values of each profile.",
          {"config set profile.home.server chat.example.org:7443", "config use home",
           "config list"},
          {}),
      {}};
  group.commands.push_back(MakeConfigListCommand());
  group.commands.push_back(MakeConfigProfilesCommand());
  group.commands.push_back(MakeConfigGetCommand());
  group.commands.push_back(MakeConfigSetCommand());
  group.commands.push_back(MakeConfigUnsetCommand());
  group.commands.push_back(MakeConfigUseCommand());
  group.commands.push_back(MakeConfigPathCommand());
  return group;
}

}  // namespace chatwire::cli
