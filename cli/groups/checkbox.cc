#include "cli/commands/checkbox_create.h"
#include "cli/commands/checkbox_delete.h"
#include "cli/commands/checkbox_get.h"
#include "cli/commands/checkbox_list.h"
#include "cli/commands/checkbox_set.h"
#include "cli/commands/checkbox_set_many.h"
#include "cli/commands/checkbox_watch.h"
#include "cli/groups/device_arguments.h"
#include "cli/groups/groups.h"
#include "cli/rpc/rpc_command.h"

namespace chatwire::cli {
namespace {

const Argument kCheckbox{"CHECKBOX", "checkbox.name", "Name of the checkbox"};

std::vector<RpcCommand> Words() {
  return {
      {.name = "title",
       .about = "Call a checkbox something else in lists",
       .rpc = "mqtt.v1.CheckboxService.UpdateCheckbox",
       .arguments = {kCheckbox, {"TITLE", "checkbox.title", "The new title; \"\" for none"}},
       .fixed = {{"update_mask.paths", "title"}},
       .done = "{checkbox.name} has the title \"{checkbox.title}\"",
       .examples = {"checkbox title lamp 'Lamp in the hall'"}},
      {.name = "alias",
       .about = "Set the other words for a checkbox that chat understands",
       .rpc = "mqtt.v1.CheckboxService.UpdateCheckbox",
       .arguments = {kCheckbox,
                     {"[ALIAS...]", "checkbox.aliases.text", "All of them; none takes them away"},
                     {"--language TAG", "checkbox.aliases.language",
                      "The language of these words, such as pt"}},
       .fixed = {{"update_mask.paths", "aliases"}},
       .done = "{checkbox.name}: {checkbox.aliases.*.text}",
       .examples = {"checkbox alias lamp light 'hall lamp'"}},
      {.name = "label",
       .about = "Set the groups that a checkbox belongs to",
       .rpc = "mqtt.v1.CheckboxService.UpdateCheckbox",
       .arguments = {kCheckbox,
                     {"[LABEL...]", "checkbox.labels", "All of them; none takes them away"}},
       .fixed = {{"update_mask.paths", "labels"}},
       .done = "{checkbox.name}: {checkbox.labels}",
       .examples = {"checkbox label lamp kitchen ground-floor"}},
  };
}

std::vector<RpcCommand> Devices() {
  std::vector<Argument> arguments = DeviceArguments("checkbox.device", /*required=*/true);
  arguments.insert(arguments.begin(), kCheckbox);
  return {
      {.name = "device",
       .about = "Bind a checkbox to a device that has topics of its own",
       .rpc = "mqtt.v1.CheckboxService.UpdateCheckbox",
       .arguments = arguments,
       .fixed = {{"update_mask.paths", "device"}},
       .done = "{checkbox.name} is asked on {checkbox.device.command_topic}",
       .notes = "What is not given is as the preset has it. Of the old device nothing counts any "
                "more.",
       .examples = {"checkbox device lamp --preset tasmota --topic hall-lamp",
                    "checkbox device lamp --preset esphome --topic livingroom --channel relay_1",
                    "checkbox device lamp --preset zigbee2mqtt --topic kitchen/floor_light",
                    "checkbox device lamp --preset shelly_gen2 --topic shellyplus1-a8032abe54dc",
                    "checkbox device lamp --preset custom --command-topic home/lamp/do "
                    "--payload-on 1 --payload-off 0 --state-topic home/lamp/is --state-on 1 "
                    "--state-off 0"}},
      {.name = "unbind",
       .about = "Give a checkbox the service's own topics again",
       .rpc = "mqtt.v1.CheckboxService.UpdateCheckbox",
       .arguments = {kCheckbox},
       .fixed = {{"update_mask.paths", "device"}},
       .done = "{checkbox.name} has the service's own topics",
       .examples = {"checkbox unbind lamp"}},
  };
}

std::vector<RpcCommand> Documents() {
  return {
      {.name = "export",
       .about = "Print the checkboxes as a document that import reads",
       .rpc = "mqtt.v1.CheckboxGroupService.ExportCheckboxes",
       .arguments = {{"--label LABEL", "label", "Only those with this label"}},
       .list = "document",
       .notes = "One JSON object a line, also without --json: {\"name\", \"title\", \"aliases\", "
                "\"labels\", \"chat_allow\", \"virtual\", \"device\"}.",
       .examples = {"checkbox export > checkboxes.json"}},
      {.name = "import",
       .about = "Make and change checkboxes by a document",
       .rpc = "mqtt.v1.CheckboxGroupService.ImportCheckboxes",
       .arguments = {{"FILE", "document", "The document, or - for standard input",
                      ValueKind::kFile},
                     {"--dry-run", "dry_run", "Only say what would be done"}},
       .list = "results",
       .columns = {{"LINE", "line"},
                   {"CHECKBOX", "name"},
                   {"OUTCOME", "outcome"},
                   {"WHY NOT", "error_message"}},
       .notes = "Where one line is wrong, nothing is changed.",
       .examples = {"checkbox import checkboxes.json --dry-run",
                    "checkbox import - < checkboxes.json"}},
  };
}

}  // namespace

CommandGroup CheckboxCommands() {
  CommandGroup group{HelpText("",
                              {"checkbox create lamp --title \"Lamp in the hall\"",
                               "checkbox set lamp on --wait", "checkbox list"},
                              {}),
                     {}};
  group.commands.push_back(MakeCheckboxListCommand());
  group.commands.push_back(MakeCheckboxCreateCommand());
  group.commands.push_back(MakeCheckboxGetCommand());
  group.commands.push_back(MakeCheckboxSetCommand());
  group.commands.push_back(MakeCheckboxActionCommand("toggle"));
  group.commands.push_back(MakeCheckboxDeleteCommand());
  group.commands.push_back(MakeCheckboxWatchCommand());
  AddRpcCommands(Words(), group);
  AddRpcCommands(Devices(), group);
  group.commands.push_back(MakeCheckboxSetManyCommand());
  group.commands.push_back(MakeCheckboxSetLabelCommand());
  AddRpcCommands(Documents(), group);
  AddRpcCommands({{.name = "history",
                   .about = "Show what happened to a checkbox",
                   .rpc = "mqtt.v1.CheckboxService.ListHistory",
                   .arguments = {{"[CHECKBOX]", "name", "Name of the checkbox (else: all)"}},
                   .list = "entries",
                   .columns = {{"TIME", "change.change_time"},
                               {"NAME", "name"},
                               {"WHAT", "kind"},
                               {"WANTED", "desired"},
                               {"STATE", "reported"},
                               {"BY", "change.source"},
                               {"WHO", "change.actor"}},
                   .newest_last = true,
                   .notes = "Without --limit and --all: the newest 50. The newest stands last.",
                   .examples = {"checkbox history lamp", "checkbox history --limit 500 --json"}}},
                 group);
  return group;
}

}  // namespace chatwire::cli
