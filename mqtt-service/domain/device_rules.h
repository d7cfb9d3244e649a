#ifndef CHATWIRE_MQTT_SERVICE_DOMAIN_DEVICE_RULES_H_
#define CHATWIRE_MQTT_SERVICE_DOMAIN_DEVICE_RULES_H_

#include <string>

#include "absl/status/status.h"
#include "mqtt-service/domain/checkbox_config.h"
#include "mqtt-service/domain/store.h"

namespace chatwire::mqtt {

/// Whether the device of @p config can be reached as it says, beside those of all others. OK where
/// it has no binding.
///
/// Errors: INVALID_ARGUMENT/BAD_DEVICE; ALREADY_EXISTS/TOPIC_TAKEN (metadata `topic`, `name`) where
/// another checkbox would ask with the same message, or one's command would pass for the other's
/// answer. Devices with several switches share topics otherwise, and may.
absl::Status CheckBinding(Transaction& transaction, const CheckboxConfig& config,
                          const std::string& base);

/// Notes what was said about the device of @p checkbox on @p topic, and returns what follows from
/// all of its availability topics: offline when one says so, online when all do.
Availability CombineAvailability(Transaction& transaction, const std::string& checkbox,
                                 const std::string& topic, Availability said);

}  // namespace chatwire::mqtt

#endif  // CHATWIRE_MQTT_SERVICE_DOMAIN_DEVICE_RULES_H_
