#ifndef CHATWIRE_MQTT_SERVICE_WIRE_HOME_ASSISTANT_PAYLOAD_H_
#define CHATWIRE_MQTT_SERVICE_WIRE_HOME_ASSISTANT_PAYLOAD_H_

#include <string>
#include <vector>

#include "mqtt-service/domain/checkbox.h"
#include "mqtt-service/domain/topic.h"

namespace chatwire::mqtt {

/// Home Assistant's id of the @p number-th device, from 1, whose parts our checkboxes are: another
/// one for every base topic.
std::string HomeAssistantDeviceId(const Topics& topics, int number);

/// The device discovery message of Home Assistant (docs: integrations/mqtt, "Device discovery
/// payload"): one switch for each of @p checkboxes. Those in @p removed are named without a
/// configuration, which takes them away.
///
/// A switch is available while the service is, and unless its device says that it is not. It shows
/// what the device has reported, never what is only wanted.
std::string HomeAssistantPayload(const Topics& topics, int number,
                                 const std::vector<Checkbox>& checkboxes,
                                 const std::vector<std::string>& removed);

/// Names of the checkboxes in a discovery message of this service, or of an earlier one with the
/// same base topic. Empty: it is somebody else's.
std::vector<std::string> OwnComponents(const Topics& topics, const std::string& payload);

}  // namespace chatwire::mqtt

#endif  // CHATWIRE_MQTT_SERVICE_WIRE_HOME_ASSISTANT_PAYLOAD_H_
