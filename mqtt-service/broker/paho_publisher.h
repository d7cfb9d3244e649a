#ifndef CHATWIRE_MQTT_SERVICE_BROKER_PAHO_PUBLISHER_H_
#define CHATWIRE_MQTT_SERVICE_BROKER_PAHO_PUBLISHER_H_

#include <mqtt/async_client.h>

#include <atomic>
#include <memory>
#include <string>

#include "mqtt-service/broker/broker_options.h"
#include "mqtt-service/broker/publish_connection.h"
#include "mqtt-service/domain/topic.h"

namespace chatwire::mqtt {

/// The connection that only publishes. A connection of its own, because Paho does not set
/// TCP_NODELAY: one that also acknowledges what it receives can wait 40 ms for each publish (Nagle
/// and delayed ACK).
///
/// Its MQTT session starts clean: what was not acknowledged is published again from our outbox.
class PahoPublisher final : public PublishConnection, private ::mqtt::iaction_listener {
 public:
  PahoPublisher(BrokerOptions options, Topics topics);
  ~PahoPublisher() override;

  void SetEvents(Events events) override;
  absl::Status Open() override;
  absl::Status Publish(const OutboxMessage& message, absl::Time now) override;
  void Tick() override;
  void SayGoodbye() override;
  void Close() override;
  void Interrupt() override;

 private:
  void on_success(const ::mqtt::token& token) override;
  void on_failure(const ::mqtt::token& token) override;

  const BrokerOptions options_;
  const Topics topics_;
  Events events_;
  std::atomic<bool> interrupted_{false};
  /// Used by the loop's thread only.
  std::unique_ptr<::mqtt::async_client> client_;
};

}  // namespace chatwire::mqtt

#endif  // CHATWIRE_MQTT_SERVICE_BROKER_PAHO_PUBLISHER_H_
