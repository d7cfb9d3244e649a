#ifndef CHATWIRE_MQTT_SERVICE_DOMAIN_DEVICE_BINDING_H_
#define CHATWIRE_MQTT_SERVICE_DOMAIN_DEVICE_BINDING_H_

#include <string>
#include <vector>

#include "absl/status/status.h"

namespace chatwire::mqtt {

/// A topic on which a device says something, and where in the payload it stands.
struct DeviceReading {
  std::string topic;
  /// See ParseValuePath. Empty: the whole payload.
  std::string value_path;

  bool operator==(const DeviceReading&) const = default;
};

/// How a device is reached that does not know the service's own topics.
struct DeviceBinding {
  /// Where it is asked. Empty: there is no such device, the service's own topics are used.
  std::string command_topic;
  /// What it is asked with.
  std::string payload_on;
  std::string payload_off;
  /// Where it says what it is. Never empty for a device: without, nothing would ever be confirmed.
  std::vector<DeviceReading> states;
  /// The values that mean on and off, compared character by character.
  std::vector<std::string> state_on;
  std::vector<std::string> state_off;
  /// Where it, and what it hangs on (a bridge), say whether they are there. All of them count.
  std::vector<DeviceReading> availability;
  std::vector<std::string> online;
  std::vector<std::string> offline;
  /// With which it is asked and listened to.
  int qos = 1;

  bool operator==(const DeviceBinding&) const = default;

  bool bound() const { return !command_topic.empty(); }
  /// What asks for @p on.
  const std::string& Payload(bool on) const { return on ? payload_on : payload_off; }
};

/// Error: INVALID_ARGUMENT/BAD_DEVICE with @p words.
absl::Status BadDevice(const std::string& words);

/// Whether @p binding can be one of a service with the base topic @p base: topics that can be
/// published to, none of them below the base or the broker's own, none asked and listened to at
/// once; payloads and values of up to 1,024 bytes of text, none of them with two meanings.
///
/// Error: INVALID_ARGUMENT/BAD_DEVICE.
absl::Status CheckDevice(const DeviceBinding& binding, const std::string& base);

}  // namespace chatwire::mqtt

#endif  // CHATWIRE_MQTT_SERVICE_DOMAIN_DEVICE_BINDING_H_
