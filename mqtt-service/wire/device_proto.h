#ifndef CHATWIRE_MQTT_SERVICE_WIRE_DEVICE_PROTO_H_
#define CHATWIRE_MQTT_SERVICE_WIRE_DEVICE_PROTO_H_

#include "absl/status/statusor.h"
#include "chatwire/mqtt/v1/device_binding.pb.h"
#include "mqtt-service/domain/device_binding.h"

namespace chatwire::mqtt {

/// The binding that a program asks for, its preset expanded; not checked otherwise. One that says
/// nothing at all is none. Error: INVALID_ARGUMENT/BAD_DEVICE.
absl::StatusOr<DeviceBinding> FromProto(const v1::DeviceBinding& proto);

/// A binding as the API shows it.
v1::DeviceBinding ToProto(const DeviceBinding& binding);

}  // namespace chatwire::mqtt

#endif  // CHATWIRE_MQTT_SERVICE_WIRE_DEVICE_PROTO_H_
