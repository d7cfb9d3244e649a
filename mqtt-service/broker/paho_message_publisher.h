#ifndef CHATWIRE_MQTT_SERVICE_BROKER_PAHO_MESSAGE_PUBLISHER_H_
#define CHATWIRE_MQTT_SERVICE_BROKER_PAHO_MESSAGE_PUBLISHER_H_

#include <mqtt/async_client.h>

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "common/mutex.h"
#include "mqtt-service/broker/broker_options.h"
#include "mqtt-service/domain/message_port.h"
#include "mqtt-service/domain/topic.h"
#include "mqtt-service/threads/link_thread.h"

namespace chatwire::mqtt {

/// The connection for what programs publish. Apart from the outbox's, so that neither waits for the
/// other and neither's quality of service touches the other's order.
///
/// At most 64 are in Paho's hands: it refuses what is beyond its buffer of 100, and the broker may
/// take only a few at once.
class PahoMessagePublisher final : public MessagePublisher,
                                   public Link,
                                   private ::mqtt::iaction_listener {
 public:
  PahoMessagePublisher(BrokerOptions options, Topics topics);
  ~PahoMessagePublisher() override;

  void Publish(const MqttMessage& message, Completion<bool> done) override;

  absl::Status Open() override;
  absl::Status Serve() override;
  void Close() override;
  void Interrupt() override;

 private:
  struct Pending {
    MqttMessage message;
    Completion<bool> done;
    absl::Time deadline;
    bool sent = false;
  };
  using Ready = std::vector<std::pair<int64_t, MqttMessage>>;

  bool MaySend() const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  Ready TakeReady() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void Send(::mqtt::async_client& client, int64_t id, const MqttMessage& message);

  void on_success(const ::mqtt::token& token) override;
  void on_failure(const ::mqtt::token& token) override;
  void Finish(int64_t id, absl::StatusOr<bool> result);
  /// Ends what has waited until @p until.
  void GiveUp(absl::Time until);
  void Lost(const std::string& reason);

  const BrokerOptions options_;
  const Topics topics_;
  std::atomic<bool> interrupted_{false};
  Mutex mutex_;
  std::condition_variable changed_;
  /// Shared with calls that publish: no lock may be held across a call of Paho's.
  std::shared_ptr<::mqtt::async_client> client_ ABSL_GUARDED_BY(mutex_);
  std::map<int64_t, Pending> pending_ ABSL_GUARDED_BY(mutex_);
  int64_t next_id_ ABSL_GUARDED_BY(mutex_) = 0;
  int64_t last_sent_ ABSL_GUARDED_BY(mutex_) = 0;
  size_t in_flight_ ABSL_GUARDED_BY(mutex_) = 0;
  /// How many have ended.
  int64_t ended_ ABSL_GUARDED_BY(mutex_) = 0;
  std::string lost_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace chatwire::mqtt

#endif  // CHATWIRE_MQTT_SERVICE_BROKER_PAHO_MESSAGE_PUBLISHER_H_
