#ifndef CHATWIRE_CLI_COMMAND_LIST_H_
#define CHATWIRE_CLI_COMMAND_LIST_H_

#include <vector>

#include "cli/command.h"

namespace chatwire::cli {

/// The commands of the program that are in no group.
CommandGroup RootCommands();

/// A group that is not made yet: most runs need one command of one group.
struct GroupEntry {
  const char* name;
  const char* about;
  CommandGroup (*make)();
};

/// All groups, in the order of the help.
const std::vector<GroupEntry>& Groups();

}  // namespace chatwire::cli

#endif  // CHATWIRE_CLI_COMMAND_LIST_H_
