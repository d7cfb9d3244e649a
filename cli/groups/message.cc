#include "cli/commands/send.h"
#include "cli/groups/groups.h"
#include "cli/rpc/rpc_command.h"

namespace chatwire::cli {
namespace {

const Argument kTo{"JID", "to", "Whom the message went to or came from"};
const Argument kId{"MESSAGE_ID", "message_id", "message_id of the message"};

std::vector<RpcCommand> Messages() {
  return {
      {.name = "correct",
       .about = "Replace the text of a message that was sent",
       .rpc = "xmpp.v1.ChatService.CorrectMessage",
       .arguments = {kTo,
                     kId,
                     {"BODY", "body", "The new text, or - for standard input", ValueKind::kText}},
       .done = "corrected; the correction is message {message_id}",
       .examples = {"message correct alice@example.org 8f1e 'the lamp is off'"}},
      {.name = "retract",
       .about = "Take a message back",
       .rpc = "xmpp.v1.ChatService.RetractMessage",
       .arguments = {kTo, kId},
       .done = "retracted",
       .notes =
           "Clients that know retractions (XEP-0424) hide it; others may have shown it already.",
       .examples = {"message retract alice@example.org 8f1e"}},
      {.name = "react",
       .about = "Set the reactions to a message",
       .rpc = "xmpp.v1.ChatService.React",
       .arguments = {kTo, kId, {"[EMOJI...]", "reactions", "All reactions; none takes them back"}},
       .done = "reactions: {reactions}",
       .examples = {"message react alice@example.org 8f1e 👍"}},
      {.name = "displayed",
       .about = "Say that a message has been read",
       .rpc = "xmpp.v1.ChatService.MarkDisplayed",
       .arguments = {kTo, kId},
       .done = "told {to} that it was read",
       .examples = {"message displayed alice@example.org 8f1e"}},
      {.name = "state",
       .about = "Say that somebody is typing, or not any more",
       .rpc = "xmpp.v1.ChatService.SendChatState",
       .arguments = {{"JID", "to", "Whom to tell"},
                     {"STATE", "state", "active, composing, paused, inactive or gone"}},
       .done = "told {to}: {state}",
       .examples = {"message state alice@example.org composing"}},
  };
}

const std::vector<Column>& HistoryColumns() {
  static const auto* const kColumns = new std::vector<Column>{
      {"TIME", "sent_time"}, {"FROM", "from"}, {"TO", "to"}, {"TEXT", "body"}};
  return *kColumns;
}

constexpr char kTimes[] =
    "TIME is 2026-11-20T18:30:00Z, a day such as 2026-11-20, or how long ago: 90m, 24h.\n"
    "Without --limit and --all: the newest 50. The newest stands last.";

RpcCommand History() {
  return {.name = "history",
          .about = "Show the messages that the service has stored",
          .rpc = "xmpp.v1.ChatService.ListMessages",
          .arguments = {{"[JID]", "peer", "Only messages with this one"},
                        {"--since TIME", "start_time", "Only messages from then on"},
                        {"--until TIME", "end_time", "Only messages before that"},
                        {"--oldest-first", "order", "Start with the oldest", ValueKind::kPlain,
                         "oldest_first"}},
          .list = "messages",
          .columns = HistoryColumns(),
          .newest_last = true,
          .notes = kTimes,
          .examples = {"history alice@example.org --since 24h", "history --limit 500 --json"}};
}

std::vector<RpcCommand> Archive() {
  return {
      {.name = "fetch",
       .about = "Read the archive on the XMPP server",
       .rpc = "xmpp.v1.ChatService.FetchArchive",
       .arguments = {{"[JID]", "peer", "Only messages with this one"},
                     {"--room ROOM", "archive", "The archive of a room, not of the account"},
                     {"--since TIME", "start_time", "Only messages from then on"},
                     {"--until TIME", "end_time", "Only messages before that"},
                     {"--after ID", "after_id", "Only what comes after this archive_id"},
                     {"--before ID", "before_id", "Only what comes before this archive_id"},
                     {"--oldest-first", "order", "Start with the oldest", ValueKind::kPlain,
                      "oldest_first"},
                     {"--xml", "include_xml", "With the stanzas themselves (shown by --json)"}},
       .list = "messages",
       .columns = HistoryColumns(),
       .newest_last = true,
       .notes = kTimes,
       .examples = {"archive fetch alice@example.org --limit 20",
                    "archive fetch --room tea@rooms.example.org --since 2026-11-20 --oldest-first",
                    "archive fetch --all --oldest-first --json > archive.jsonl"}},
      {.name = "preferences",
       .about = "Show what the server archives",
       .rpc = "xmpp.v1.ChatService.GetArchivePreferences",
       .object = "preferences",
       .examples = {"archive preferences"}},
      {.name = "set-preferences",
       .about = "Say what the server is to archive",
       .rpc = "xmpp.v1.ChatService.UpdateArchivePreferences",
       .arguments = {{"DEFAULT", "preferences.default_behavior", "always, never or roster"},
                     {"--always JID...", "preferences.always",
                      "Archive the messages with this one"},
                     {"--never JID...", "preferences.never", "Do not, for this one"}},
       .object = "preferences",
       .notes = "Replaces both lists.",
       .examples = {"archive set-preferences roster --never diary@example.org"}},
  };
}

}  // namespace

CommandGroup MessageCommands() {
  CommandGroup group{HelpText("", {"message send alice@example.org 'hello'"}, {}), {}};
  group.commands.push_back(MakeSendCommand());
  AddRpcCommands(Messages(), group);
  group.commands.push_back(MakeRpcCommand(History()));
  return group;
}

CommandGroup ArchiveCommands() {
  CommandGroup group{HelpText("", {"archive fetch alice@example.org"}, {}), {}};
  AddRpcCommands(Archive(), group);
  return group;
}

std::unique_ptr<Command> MakeHistoryCommand() { return MakeRpcCommand(History()); }

}  // namespace chatwire::cli
