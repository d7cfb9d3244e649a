#ifndef CHATWIRE_MQTT_SERVICE_WIRE_HOMIE_PAYLOAD_H_
#define CHATWIRE_MQTT_SERVICE_WIRE_HOMIE_PAYLOAD_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "mqtt-service/domain/checkbox.h"
#include "mqtt-service/domain/homie_topic.h"

namespace chatwire::mqtt {

/// The `$description` of the root device: @p children are the ids of its child devices. @p version
/// has to grow whenever the rest changes.
std::string HomieRootDescription(const std::string& base, const std::vector<std::string>& children,
                                 int64_t version);

/// The `$description` of the device of @p checkbox: a boolean that can be set and is retained.
std::string HomieDescription(const HomieTopics& topics, const Checkbox& checkbox, int64_t version);

/// The `$state` of the device of @p checkbox: `lost` while its own device is, else `ready`.
std::string HomieState(const Checkbox& checkbox);

/// A boolean as Homie writes it; empty where it is not known, which clears a topic.
std::string HomieBoolean(SwitchState state);

/// What a controller wants. Nothing where @p payload is no boolean.
std::optional<SwitchAction> ParseHomieBoolean(const std::string& payload);

}  // namespace chatwire::mqtt

#endif  // CHATWIRE_MQTT_SERVICE_WIRE_HOMIE_PAYLOAD_H_
