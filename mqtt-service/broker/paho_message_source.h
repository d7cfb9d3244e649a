#ifndef CHATWIRE_MQTT_SERVICE_BROKER_PAHO_MESSAGE_SOURCE_H_
#define CHATWIRE_MQTT_SERVICE_BROKER_PAHO_MESSAGE_SOURCE_H_

#include <mqtt/async_client.h>

#include <memory>
#include <vector>

#include "mqtt-service/broker/broker_options.h"
#include "mqtt-service/domain/message_port.h"

namespace chatwire::mqtt {

/// A subscription over Paho. Its client id is random and its MQTT session ends with it. Nothing
/// waits here: each step follows from the one before, on Paho's threads.
class PahoMessageSource final : public MessageSource {
 public:
  explicit PahoMessageSource(BrokerOptions options);
  ~PahoMessageSource() override;

  void Start(const std::vector<TopicFilter>& filters, uint32_t subscription_identifier,
             Events events) override;

 private:
  /// Runs a function with the token of an action that has ended.
  class Listener final : public ::mqtt::iaction_listener {
   public:
    using Function = std::function<void(const ::mqtt::token&)>;
    Listener(Function success, Function failure)
        : success_(std::move(success)), failure_(std::move(failure)) {}
    void on_success(const ::mqtt::token& token) override { success_(token); }
    void on_failure(const ::mqtt::token& token) override { failure_(token); }

   private:
    Function success_;
    Function failure_;
  };

  void Connect();
  void Subscribe();
  void Subscribed(const ::mqtt::token& token);

  const BrokerOptions options_;
  std::vector<TopicFilter> filters_;
  uint32_t subscription_identifier_ = 0;
  Events events_;
  Listener connected_;
  Listener subscribed_;
  std::unique_ptr<::mqtt::async_client> client_;
};

}  // namespace chatwire::mqtt

#endif  // CHATWIRE_MQTT_SERVICE_BROKER_PAHO_MESSAGE_SOURCE_H_
