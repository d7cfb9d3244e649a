#ifndef CHATWIRE_MQTT_SERVICE_BROKER_INBOUND_MESSAGE_H_
#define CHATWIRE_MQTT_SERVICE_BROKER_INBOUND_MESSAGE_H_

#include <string>

namespace chatwire::mqtt {

/// An MQTT message that came in.
struct InboundMessage {
  std::string topic;
  std::string payload;
  bool retained = false;
  /// The broker says that it may have delivered this before.
  bool redelivered = false;
  /// The broker's packet identifier, 1 to 65,535. 0: QoS 0, there is none.
  int packet_id = 0;
  /// MQTT 5 request: where the answer goes, and what goes back with it. Empty: none.
  std::string response_topic;
  std::string correlation_data;
};

}  // namespace chatwire::mqtt

#endif  // CHATWIRE_MQTT_SERVICE_BROKER_INBOUND_MESSAGE_H_
