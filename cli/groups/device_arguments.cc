#include "cli/groups/device_arguments.h"

namespace chatwire::cli {

std::vector<Argument> DeviceArguments(const std::string& field, bool required) {
  std::vector<Argument> arguments = {
      {"--preset PRESET", "preset",
       "tasmota, esphome, zigbee2mqtt, shelly_gen1, shelly_gen2, home_assistant, or custom where "
       "the other options say all",
       ValueKind::kPlain, "", required},
      {"--topic TOPIC", "topic", "What the device is called on MQTT"},
      {"--prefix PREFIX", "prefix", "What stands before it, where that is not the usual"},
      {"--channel CHANNEL", "channel", "Which switch of the device"},
      {"--home-assistant-config FILE", "home_assistant_config",
       "The JSON of its switch in Home Assistant, or - for standard input", ValueKind::kFile},
      {"--command-topic TOPIC", "command_topic", "Where it is asked"},
      {"--payload-on TEXT", "payload_on", "What it is asked with to turn on"},
      {"--payload-off TEXT", "payload_off", "What it is asked with to turn off"},
      {"--state-topic TOPIC...", "states.topic", "Where it says what it is"},
      {"--state-path PATH...", "states.value_path",
       "Where in that JSON, such as POWER or relays[0].ison"},
      {"--state-on TEXT...", "state_on", "The value that means on"},
      {"--state-off TEXT...", "state_off", "The value that means off"},
      {"--availability-topic TOPIC...", "availability.topic", "Where it says whether it is there"},
      {"--availability-path PATH...", "availability.value_path", "Where in that JSON"},
      {"--online TEXT...", "online", "The value that means that it is there"},
      {"--offline TEXT...", "offline", "The value that means that it is not"},
      {"--qos QOS", "qos", "0, 1 or 2 (else: 1)"}};
  for (Argument& argument : arguments) argument.field = field + "." + argument.field;
  return arguments;
}

}  // namespace chatwire::cli
