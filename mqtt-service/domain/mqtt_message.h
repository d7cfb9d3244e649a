#ifndef CHATWIRE_MQTT_SERVICE_DOMAIN_MQTT_MESSAGE_H_
#define CHATWIRE_MQTT_SERVICE_DOMAIN_MQTT_MESSAGE_H_

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace chatwire::mqtt {

/// An MQTT message with its MQTT 5 properties, as a program publishes or receives it through the
/// API.
struct MqttMessage {
  std::string topic;
  std::string payload;
  /// 0, 1 or 2.
  int qos = 1;
  bool retain = false;
  bool payload_is_text = false;
  /// 0: none.
  uint32_t expiry_seconds = 0;
  /// Empty: none, as with those that follow.
  std::string content_type;
  std::string response_topic;
  std::string correlation_data;
  std::vector<std::pair<std::string, std::string>> user_properties;
  /// Of a received one.
  std::vector<uint32_t> subscription_identifiers;
  bool redelivered = false;
};

/// One topic filter with its options.
struct TopicFilter {
  std::string filter;
  int max_qos = 1;
  bool retain_as_published = false;
  bool send_retained = true;
};

}  // namespace chatwire::mqtt

#endif  // CHATWIRE_MQTT_SERVICE_DOMAIN_MQTT_MESSAGE_H_
