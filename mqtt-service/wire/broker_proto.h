#ifndef CHATWIRE_MQTT_SERVICE_WIRE_BROKER_PROTO_H_
#define CHATWIRE_MQTT_SERVICE_WIRE_BROKER_PROTO_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "chatwire/mqtt/v1/broker_service.pb.h"
#include "mqtt-service/domain/mqtt_message.h"

namespace chatwire::mqtt {

/// The message that a program wants published. Errors: INVALID_ARGUMENT/BAD_TOPIC, BAD_PAYLOAD,
/// BAD_QOS, BAD_PROPERTY.
absl::StatusOr<MqttMessage> FromProto(const v1::MqttMessage& proto);

/// A received message as the API shows it.
v1::MqttMessage ToProto(const MqttMessage& message);

/// The filters of a subscription. Errors: INVALID_ARGUMENT/BAD_FILTER, BAD_QOS, BAD_PROPERTY.
absl::StatusOr<std::vector<TopicFilter>> FiltersFromProto(const v1::SubscribeRequest& request);

/// MQTT's 0, 1, 2; unspecified is 1. Error: INVALID_ARGUMENT/BAD_QOS.
absl::StatusOr<int> QosFromProto(v1::QualityOfService qos);

/// MQTT's 0, 1, 2 as the API shows it.
v1::QualityOfService QosToProto(int qos);

}  // namespace chatwire::mqtt

#endif  // CHATWIRE_MQTT_SERVICE_WIRE_BROKER_PROTO_H_
