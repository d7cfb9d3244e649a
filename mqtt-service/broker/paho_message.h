#ifndef CHATWIRE_MQTT_SERVICE_BROKER_PAHO_MESSAGE_H_
#define CHATWIRE_MQTT_SERVICE_BROKER_PAHO_MESSAGE_H_

#include <mqtt/message.h>

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "common/error.h"
#include "mqtt-service/domain/mqtt_message.h"

namespace chatwire::mqtt {

/// @p message with all of its properties, as Paho sends it.
::mqtt::message_ptr MessageToPaho(const MqttMessage& message);

/// What Paho received, with all of its properties.
MqttMessage MessageFromPaho(const ::mqtt::message& message);

/// Whether MQTT 3.1.1 can carry it; Paho would leave out in silence what it cannot. Error:
/// FAILED_PRECONDITION/MQTT_5_NEEDED.
absl::Status CheckMqtt311(const MqttMessage& message);
absl::Status CheckMqtt311(const std::vector<TopicFilter>& filters,
                          uint32_t subscription_identifier);

/// Whether @p reason_code (MQTT 5, 2.4) is the broker's own refusal.
bool IsRefusal(int reason_code);

/// The error for a refusal: PERMISSION_DENIED/MQTT_NOT_AUTHORIZED where the access rules forbid it,
/// else FAILED_PRECONDITION/MQTT_REFUSED; with the reason code in @p metadata.
absl::Status RefusalStatus(int reason_code, ErrorMetadata metadata = {});

/// Error: UNAVAILABLE/BROKER_AWAY with @p words.
absl::Status BrokerAway(const std::string& words);

}  // namespace chatwire::mqtt

#endif  // CHATWIRE_MQTT_SERVICE_BROKER_PAHO_MESSAGE_H_
