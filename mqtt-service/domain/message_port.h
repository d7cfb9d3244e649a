#ifndef CHATWIRE_MQTT_SERVICE_DOMAIN_MESSAGE_PORT_H_
#define CHATWIRE_MQTT_SERVICE_DOMAIN_MESSAGE_PORT_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

#include "absl/status/status.h"
#include "common/completion.h"
#include "mqtt-service/domain/mqtt_message.h"

namespace chatwire::mqtt {

/// Publishes what programs ask for, at once and without storing it. Implemented by
/// broker/paho_message_publisher.h.
class MessagePublisher {
 public:
  virtual ~MessagePublisher() = default;

  /// Calls @p done on any thread: OK when the broker has it. Errors: UNAVAILABLE/BROKER_AWAY,
  /// PUBLISH_UNCERTAIN; PERMISSION_DENIED/MQTT_NOT_AUTHORIZED; FAILED_PRECONDITION/MQTT_REFUSED.
  /// Thread-safe; may block for a moment.
  virtual void Publish(const MqttMessage& message, Completion<bool> done) = 0;
};

/// One subscription with a connection of its own. Implemented by broker/paho_message_source.h.
class MessageSource {
 public:
  /// Called on threads of the MQTT library. Must not block, and must not call the source.
  struct Events {
    /// All filters are accepted, with these highest QoS.
    std::function<void(std::vector<int> granted_qos)> subscribed;
    std::function<void(MqttMessage message)> message;
    /// Nothing more comes. May be called several times. Errors: UNAVAILABLE/BROKER_AWAY,
    /// BROKER_LOST; PERMISSION_DENIED/MQTT_NOT_AUTHORIZED; FAILED_PRECONDITION/MQTT_REFUSED.
    std::function<void(absl::Status reason)> ended;
  };

  /// Ends the connection; no event comes after that.
  virtual ~MessageSource() = default;

  /// Connects and subscribes; returns at once. Once only.
  virtual void Start(const std::vector<TopicFilter>& filters, uint32_t subscription_identifier,
                     Events events) = 0;
};

/// Makes a subscription that has not started.
using MessageSourceFactory = std::function<std::unique_ptr<MessageSource>()>;

}  // namespace chatwire::mqtt

#endif  // CHATWIRE_MQTT_SERVICE_DOMAIN_MESSAGE_PORT_H_
