#ifndef CHATWIRE_MQTT_SERVICE_STORE_DEVICE_TEXT_H_
#define CHATWIRE_MQTT_SERVICE_STORE_DEVICE_TEXT_H_

#include <string>

#include "mqtt-service/domain/device_binding.h"

namespace chatwire::mqtt {

/// @p binding as it is stored: one field a line, "field TAB value" or "field TAB topic TAB path".
/// Neither has control characters (see CheckDevice). Empty: there is none.
std::string DeviceText(const DeviceBinding& binding);

/// The binding that DeviceText has written. What it does not know it leaves out.
DeviceBinding DeviceIn(const std::string& text);

}  // namespace chatwire::mqtt

#endif  // CHATWIRE_MQTT_SERVICE_STORE_DEVICE_TEXT_H_
