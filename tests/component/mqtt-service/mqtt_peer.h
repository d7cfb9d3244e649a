#ifndef CHATWIRE_TESTS_COMPONENT_MQTT_SERVICE_MQTT_PEER_H_
#define CHATWIRE_TESTS_COMPONENT_MQTT_SERVICE_MQTT_PEER_H_

#include <mqtt/async_client.h>

#include <condition_variable>
#include <functional>
#include <string>
#include <vector>

#include "common/mutex.h"

namespace chatwire::mqtt {

/// What a peer has heard.
struct Heard {
  std::string topic;
  std::string payload;
  bool retained = false;
  std::string correlation_data;
};

/// Another MQTT 5 client: a device, a controller or a witness.
class MqttPeer {
 public:
  /// Connects and subscribes to @p filter. Aborts the test where that fails.
  MqttPeer(const std::string& uri, const std::string& filter);
  ~MqttPeer();

  /// Publishes with QoS 1 and waits for the broker's acknowledgement.
  void Publish(const std::string& topic, const std::string& payload, bool retained = false,
               const ::mqtt::properties& properties = {});

  /// Answers every message on @p topic with what @p answer makes of it, published to @p to.
  void AnswerWith(const std::string& topic, const std::string& to,
                  std::function<std::string(const Heard&)> answer);

  /// Everything heard on @p topic so far.
  std::vector<Heard> On(const std::string& topic) const;
  /// Waits for @p count messages on @p topic, at most 20 s.
  std::vector<Heard> WaitFor(const std::string& topic, size_t count) const;
  /// Waits until the last message on @p topic contains @p text, at most 20 s.
  bool WaitForText(const std::string& topic, const std::string& text) const;

 private:
  void Receive(const ::mqtt::const_message_ptr& message);

  ::mqtt::async_client client_;
  mutable Mutex mutex_;
  mutable std::condition_variable changed_;
  std::vector<Heard> heard_ ABSL_GUARDED_BY(mutex_);
  std::string answer_topic_ ABSL_GUARDED_BY(mutex_);
  std::string answer_to_ ABSL_GUARDED_BY(mutex_);
  std::function<std::string(const Heard&)> answer_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace chatwire::mqtt

#endif  // CHATWIRE_TESTS_COMPONENT_MQTT_SERVICE_MQTT_PEER_H_
