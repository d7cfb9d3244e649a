#ifndef CHATWIRE_MQTT_SERVICE_BROKER_PAHO_SUBSCRIBER_H_
#define CHATWIRE_MQTT_SERVICE_BROKER_PAHO_SUBSCRIBER_H_

#include <mqtt/async_client.h>

#include <atomic>
#include <condition_variable>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "common/mutex.h"
#include "mqtt-service/broker/broker_options.h"
#include "mqtt-service/broker/device_subscriptions.h"
#include "mqtt-service/broker/inbound_message.h"
#include "mqtt-service/domain/topic.h"
#include "mqtt-service/threads/link_thread.h"

namespace chatwire::mqtt {

/// What the broker does while a subscriber is away.
struct SubscriberSession {
  /// It keeps the session for a day, with what comes meanwhile; else nothing.
  bool lasting = true;
  /// The filter under which there may be more retained messages than a broker queues for one client
  /// (Mosquitto: 1,000, and it drops the rest in silence). They are asked for with QoS 0, which
  /// needs no queue, and what comes later with QoS 1. Empty: none.
  std::string many_retained;
  /// Where it says, retained, that the connection was `lost`, or that it ended as it should. Empty:
  /// nowhere.
  std::string will_topic;
  std::string lost;
  std::string goodbye;
  /// Where an empty message wakes Paho's send thread.
  std::string tick_topic;
};

/// A connection that receives, and says nothing but goodbye. Its MQTT session lasts a day at the
/// broker unless told otherwise, which keeps QoS 1 messages for us while we are away.
///
/// The handler runs inside Paho's message callback and must have committed when it returns: Paho
/// acknowledges after that. (Its consumer queue acknowledges before anybody has seen the message.)
///
/// Beside its fixed filters it may listen to the topics of devices, which come and go.
class PahoSubscriber final : public Link {
 public:
  using Handler = std::function<void(const InboundMessage&)>;

  /// @p role ends the client id. @p on_new_session is called when the broker has kept no session
  /// of ours, before anything comes.
  PahoSubscriber(BrokerOptions options, std::string role, std::vector<InboundFilter> filters,
                 std::optional<DeviceSubscriptions> devices, Handler handler,
                 std::function<void()> on_new_session, SubscriberSession session = {});
  ~PahoSubscriber() override;

  /// Calls @p listener, on the link's thread, when the broker has been told of changed devices.
  /// Only while the service is being wired.
  void SetListener(std::function<void()> listener) { listener_ = std::move(listener); }

  /// Devices have other topics. Thread-safe, never blocks.
  void DevicesChanged();

  /// Whether the broker knows all topics of devices, as long as it is connected. Thread-safe.
  bool Settled();

  absl::Status Open() override;
  absl::Status Serve() override;
  void Close() override;
  void Interrupt() override;

 private:
  absl::Status Subscribe();
  /// @p have_many: what is retained under the filter with many has come already.
  absl::Status Subscribe(const std::vector<InboundFilter>& filters, int qos, bool have_many);
  /// Subscribes to what is new and unsubscribes from what is gone; waits for the broker.
  absl::Status SettleDevices();
  absl::Status SubscribeDevices(const std::vector<DeviceSubscription>& topics);
  absl::Status UnsubscribeDevices(const std::vector<std::string>& topics);
  /// It is connected and has settled, or neither.
  void SetOpen(bool open);
  void Receive(const ::mqtt::const_message_ptr& message) const;
  void Lost(const std::string& reason);

  const BrokerOptions options_;
  const std::string role_;
  const std::vector<InboundFilter> filters_;
  std::optional<DeviceSubscriptions> devices_;
  const Handler handler_;
  const std::function<void()> on_new_session_;
  const SubscriberSession session_;
  std::function<void()> listener_ = [] {};
  std::atomic<bool> interrupted_{false};
  std::unique_ptr<::mqtt::async_client> client_;
  Mutex mutex_;
  std::condition_variable changed_;
  std::string lost_ ABSL_GUARDED_BY(mutex_);
  bool open_ ABSL_GUARDED_BY(mutex_) = false;
  bool devices_changed_ ABSL_GUARDED_BY(mutex_) = false;
  bool settling_ ABSL_GUARDED_BY(mutex_) = false;
};

}  // namespace chatwire::mqtt

#endif  // CHATWIRE_MQTT_SERVICE_BROKER_PAHO_SUBSCRIBER_H_
