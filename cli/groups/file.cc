#include "cli/commands/file_get.h"
#include "cli/commands/file_send.h"
#include "cli/groups/groups.h"
#include "cli/rpc/rpc_command.h"

namespace chatwire::cli {

CommandGroup FileCommands() {
  CommandGroup group{HelpText("", {"file send alice@example.org photo.jpg"}, {}), {}};
  group.commands.push_back(MakeFileSendCommand());
  group.commands.push_back(MakeFileGetCommand());
  AddRpcCommands({{.name = "limits",
                   .about = "Show how large files may be, and where they go",
                   .rpc = "xmpp.v1.FileService.GetUploadLimits",
                   .examples = {"file limits"}}},
                 group);
  return group;
}

}  // namespace chatwire::cli
