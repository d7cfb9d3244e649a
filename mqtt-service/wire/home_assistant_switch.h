#ifndef CHATWIRE_MQTT_SERVICE_WIRE_HOME_ASSISTANT_SWITCH_H_
#define CHATWIRE_MQTT_SERVICE_WIRE_HOME_ASSISTANT_SWITCH_H_

#include <string>

#include "absl/status/statusor.h"
#include "mqtt-service/domain/device_binding.h"

namespace chatwire::mqtt {

/// The binding that Home Assistant's description of an MQTT switch stands for: the JSON object of
/// its discovery topic, in long or short names. What has nothing to do with it, such as the icon,
/// is left out. (https://www.home-assistant.io/integrations/switch.mqtt/)
///
/// Error: INVALID_ARGUMENT/BAD_DEVICE for what is no such object, over 16 KiB, and for what would
/// change the meaning and cannot be had: a template that is more than a place
/// (`{{ value_json.x }}`), a command template, optimistic or retained commands, availability that
/// one topic of several is enough for.
absl::StatusOr<DeviceBinding> ParseHomeAssistantSwitch(const std::string& config);

}  // namespace chatwire::mqtt

#endif  // CHATWIRE_MQTT_SERVICE_WIRE_HOME_ASSISTANT_SWITCH_H_
