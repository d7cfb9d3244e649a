#ifndef CHATWIRE_MQTT_SERVICE_DOMAIN_DEVICE_PRESET_H_
#define CHATWIRE_MQTT_SERVICE_DOMAIN_DEVICE_PRESET_H_

#include <string>

#include "absl/status/statusor.h"
#include "mqtt-service/domain/device_binding.h"

namespace chatwire::mqtt {

/// Firmware whose topics are known. The numbers are those of the API.
enum class DevicePreset {
  kNone = 0,
  kTasmota = 1,
  kEsphome = 2,
  kZigbee2Mqtt = 3,
  kShellyGen1 = 4,
  kShellyGen2 = 5,
};

/// What tells one device from another.
struct PresetParameters {
  DevicePreset preset = DevicePreset::kNone;
  /// What the device is called on MQTT: Tasmota's Topic, ESPHome's topic prefix, Zigbee2MQTT's
  /// friendly name, the Shelly's id.
  std::string topic;
  /// What stands before it. Tasmota: the FullTopic, else `%prefix%/%topic%/`. Zigbee2MQTT: the base
  /// topic, else `zigbee2mqtt`. Shelly Gen1: else `shellies`. The others have none.
  std::string prefix;
  /// Which of its switches. Tasmota: the number of the relay, where there are several. ESPHome: the
  /// object id of the switch; it must be given. Zigbee2MQTT: the endpoint, such as `l1`, where
  /// there are several. Shelly: the number of the relay, else 0.
  std::string channel;
};

/// The binding that @p parameters stand for, as the firmware's documentation has it. It is not
/// checked as CheckDevice does. Error: INVALID_ARGUMENT/BAD_DEVICE.
absl::StatusOr<DeviceBinding> ExpandPreset(const PresetParameters& parameters);

/// @p binding with what it leaves empty as @p preset has it.
void FillFrom(const DeviceBinding& preset, DeviceBinding& binding);

}  // namespace chatwire::mqtt

#endif  // CHATWIRE_MQTT_SERVICE_DOMAIN_DEVICE_PRESET_H_
