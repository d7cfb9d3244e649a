#include "cli/commands/broker_subscribe.h"
#include "cli/groups/groups.h"
#include "cli/rpc/rpc_command.h"

namespace chatwire::cli {

CommandGroup BrokerCommands() {
  CommandGroup group{
      HelpText("", {"broker publish home/bell ring", "broker subscribe 'home/#'"}, {}), {}};
  AddRpcCommands(
      {{.name = "status",
        .about = "Show the connections with the broker and the chat",
        .rpc = "mqtt.v1.BrokerService.GetStatus",
        .examples = {"broker status"}},
       {.name = "publish",
        .about = "Publish a message",
        .rpc = "mqtt.v1.BrokerService.Publish",
        .arguments =
            {{"TOPIC", "message.topic", "Where to"},
             {"PAYLOAD", "message.payload", "Text, or - for standard input, byte by byte",
              ValueKind::kBytes},
             {"--qos QOS", "message.qos", "0, 1 or 2"},
             {"--retain", "message.retain", "The broker keeps it for those who come later"},
             {"--expiry TIME", "message.message_expiry", "Not delivered after that"},
             {"--content-type TYPE", "message.content_type", "What the payload is"},
             {"--response-topic TOPIC", "message.response_topic", "Where an answer is wanted"},
             {"--correlation TEXT", "message.correlation_data", "What the answer is to repeat"},
             {"--property NAME=VALUE...", "message.user_properties", "A property of your own",
              ValueKind::kPair}},
        .done = "published on {message.topic}",
        .notes = "Done when the broker has it.",
        .examples = {"broker publish home/bell ring --qos 1",
                     "broker publish home/picture - < door.jpg"}}},
      group);
  group.commands.push_back(MakeBrokerSubscribeCommand());
  return group;
}

}  // namespace chatwire::cli
