#ifndef CHATWIRE_MQTT_SERVICE_WIRE_DEVICE_PAYLOAD_H_
#define CHATWIRE_MQTT_SERVICE_WIRE_DEVICE_PAYLOAD_H_

#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "mqtt-service/domain/checkbox.h"
#include "mqtt-service/domain/device_binding.h"

namespace chatwire::mqtt {

/// The value at @p value_path (see ParseValuePath) of @p payload, as text: `ON`, `true`, `1`.
/// Nothing where the payload is empty, or has no such place, or null there: it then speaks of
/// something else. A payload that is no JSON object or array is the value itself.
///
/// Error: INVALID_ARGUMENT/BAD_PAYLOAD for broken JSON, for an object or array at that place, and
/// over 64 KiB.
absl::StatusOr<std::optional<std::string>> ReadDeviceValue(const std::string& payload,
                                                           const std::string& value_path);

/// What a device says that it is, at @p value_path of @p payload; kUnknown: it says nothing of it.
/// Error: INVALID_ARGUMENT/BAD_PAYLOAD, also for a value that @p binding has no meaning for.
absl::StatusOr<SwitchState> ReadDeviceState(const DeviceBinding& binding,
                                            const std::string& value_path,
                                            const std::string& payload);

/// Whether a device is there, likewise.
absl::StatusOr<Availability> ReadDeviceAvailability(const DeviceBinding& binding,
                                                    const std::string& value_path,
                                                    const std::string& payload);

}  // namespace chatwire::mqtt

#endif  // CHATWIRE_MQTT_SERVICE_WIRE_DEVICE_PAYLOAD_H_
