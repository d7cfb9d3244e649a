#ifndef CHATWIRE_MQTT_SERVICE_WIRE_DEVICE_JSON_H_
#define CHATWIRE_MQTT_SERVICE_WIRE_DEVICE_JSON_H_

#include <nlohmann/json_fwd.hpp>

#include "absl/status/statusor.h"
#include "mqtt-service/domain/device_binding.h"

namespace chatwire::mqtt {

/// @p binding as JSON: what is not empty, under the names of the API's DeviceBinding.
nlohmann::ordered_json DeviceJson(const DeviceBinding& binding);

/// Reads what DeviceJson writes, and presets: `{"preset": "tasmota", "topic": "lamp"}`. A reading
/// is an object, or its topic alone; several values are a list, or one value alone;
/// `home_assistant_config` is the object itself. Errors: INVALID_ARGUMENT/BAD_LINE for the form,
/// BAD_DEVICE for the rest of what the API says of it.
absl::StatusOr<DeviceBinding> DeviceFromJson(const nlohmann::ordered_json& json);

}  // namespace chatwire::mqtt

#endif  // CHATWIRE_MQTT_SERVICE_WIRE_DEVICE_JSON_H_
