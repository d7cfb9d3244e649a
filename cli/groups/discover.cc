#include "cli/groups/groups.h"
#include "cli/rpc/rpc_command.h"

namespace chatwire::cli {
namespace {

const Argument kWhom{"[JID]", "jid", "Whom to ask (else: the account's server)"};

RpcCommand Ping() {
  return {.name = "ping",
          .about = "Measure how long somebody takes to answer",
          .rpc = "xmpp.v1.DiscoveryService.Ping",
          .arguments = {kWhom},
          .done = "answered in {round_trip_time}",
          .notes =
              "XEP-0199. An answer that is an error is an answer: with --json it stands under "
              "answer_condition.",
          .examples = {"ping", "ping example.org", "ping alice@example.org/phone"}};
}

std::vector<RpcCommand> Discovery() {
  return {
      {.name = "info",
       .about = "Ask what somebody is and can do",
       .rpc = "xmpp.v1.DiscoveryService.GetInfo",
       .arguments = {kWhom, {"--node NODE", "node", "Which part of it"}},
       .examples = {"discover info", "discover info rooms.example.org"}},
      {.name = "items",
       .about = "List what somebody has",
       .rpc = "xmpp.v1.DiscoveryService.ListItems",
       .arguments = {kWhom, {"--node NODE", "node", "Which part of it"}},
       .list = "items",
       .columns = {{"JID", "jid"}, {"NODE", "node"}, {"NAME", "name"}},
       .examples = {"discover items", "discover items rooms.example.org"}},
      {.name = "features",
       .about = "Show what the account's server can do",
       .rpc = "xmpp.v1.DiscoveryService.GetServerFeatures",
       .examples = {"discover features", "discover features --json | jq -r '.room_services[]'"}},
      {.name = "activity",
       .about = "Ask for how long somebody has been idle, offline or up",
       .rpc = "xmpp.v1.DiscoveryService.GetLastActivity",
       .arguments = {kWhom},
       .examples = {"discover activity alice@example.org"}},
      {.name = "time",
       .about = "Ask a client or a server for its time",
       .rpc = "xmpp.v1.DiscoveryService.GetEntityTime",
       .arguments = {kWhom},
       .examples = {"discover time", "discover time alice@example.org/phone"}},
      {.name = "software",
       .about = "Ask which software somebody runs",
       .rpc = "xmpp.v1.DiscoveryService.GetSoftwareVersion",
       .arguments = {kWhom},
       .object = "software",
       .examples = {"discover software"}},
  };
}

const Argument kSearchService{"--service JID", "service",
                              "Where to search (else: the account's server)"};

std::vector<RpcCommand> Search() {
  return {
      {.name = "search",
       .about = "Search for users of a server",
       .rpc = "xmpp.v1.DiscoveryService.SearchUsers",
       .arguments = {{"--field NAME=VALUE...", "form.fields",
                      "What to search for; may be given several times", ValueKind::kPair},
                     {"--all", "all_users", "Everybody whom the service tells"},
                     kSearchService},
       .fixed = {{"form.type", "submit"}},
       .list = "users",
       .columns = {{"JID", "jid"}, {"ABOUT", "fields"}},
       .notes = "`chatwire users form` lists the fields. Some services take * for any text.",
       .examples = {"users search --field first=Ali*", "users search --all"}},
      {.name = "form",
       .about = "List the fields that can be searched",
       .rpc = "xmpp.v1.DiscoveryService.GetSearchForm",
       .arguments = {kSearchService},
       .list = "form.fields",
       .columns = {{"FIELD", "name"}, {"WHAT", "label"}},
       .examples = {"users form"}},
  };
}

}  // namespace

CommandGroup DiscoverCommands() {
  CommandGroup group{HelpText("", {"discover features"}, {}), {}};
  AddRpcCommands(Discovery(), group);
  group.commands.push_back(MakePingCommand());
  return group;
}

CommandGroup UsersCommands() {
  CommandGroup group{HelpText("", {"users search --field nick=ali*"}, {}), {}};
  AddRpcCommands(Search(), group);
  return group;
}

std::unique_ptr<Command> MakePingCommand() { return MakeRpcCommand(Ping()); }

}  // namespace chatwire::cli
