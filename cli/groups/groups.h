#ifndef CHATWIRE_CLI_GROUPS_GROUPS_H_
#define CHATWIRE_CLI_GROUPS_GROUPS_H_

#include "cli/command.h"

namespace chatwire::cli {

/// The commands about each noun.
CommandGroup AccountCommands();
CommandGroup ArchiveCommands();
CommandGroup BookmarkCommands();
CommandGroup BrokerCommands();
CommandGroup CheckboxCommands();
CommandGroup CommandCommands();
CommandGroup ContactCommands();
CommandGroup DiscoverCommands();
CommandGroup FileCommands();
CommandGroup MessageCommands();
CommandGroup PresenceCommands();
CommandGroup ProfileCommands();
CommandGroup RoomCommands();
CommandGroup StanzaCommands();
CommandGroup UsersCommands();

/// `chatwire contacts`, short for `contact list`; and the other short forms.
std::unique_ptr<Command> MakeContactsCommand();
std::unique_ptr<Command> MakeHistoryCommand();
std::unique_ptr<Command> MakePingCommand();

/// What has to do with running a room; part of RoomCommands.
void AddRoomAdminCommands(CommandGroup& group);

/// `chatwire token`.
CommandGroup TokenCommands();

}  // namespace chatwire::cli

#endif  // CHATWIRE_CLI_GROUPS_GROUPS_H_
