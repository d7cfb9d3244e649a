#ifndef CHATWIRE_MQTT_SERVICE_BROKER_PUBLISH_LOOP_H_
#define CHATWIRE_MQTT_SERVICE_BROKER_PUBLISH_LOOP_H_

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "common/clock.h"
#include "common/mutex.h"
#include "mqtt-service/broker/echo_fence.h"
#include "mqtt-service/broker/outbox_window.h"
#include "mqtt-service/broker/publish_connection.h"
#include "mqtt-service/domain/checkbox_rules.h"
#include "mqtt-service/domain/deadline_rules.h"
#include "mqtt-service/domain/store.h"
#include "mqtt-service/threads/link_thread.h"

namespace chatwire::mqtt {

/// Publishes the outbox: at most 64 messages in flight, one for each ordering key, each taken out
/// only when the broker has acknowledged it. After every connect the state of every checkbox is
/// published again: the database is the truth, the broker a cache.
///
/// With a fence, a new connection first finds out which commands the broker has already.
///
/// Works around Paho 1.3.14's lost wake-up, which delays a publish by a second: when nothing was
/// acknowledged for 5 ms although something is in flight, a cheap QoS 0 publish wakes the send
/// thread.
class PublishLoop final : public Link {
 public:
  /// All arguments must outlive the loop.
  PublishLoop(Store& store, const CheckboxRules& checkbox_rules,
              const DeadlineRules& deadline_rules, PublishConnection& connection,
              const Clock& clock);

  /// Publishes only while @p gate is true; call Wake when it has become so. It is called on the
  /// loop's thread. Only while the service is being wired. Without one, always.
  void SetGate(std::function<bool()> gate) { gate_ = std::move(gate); }

  /// @p fence must outlive the loop. Only while the service is being wired. Without one, what was
  /// under way when a connection ended is published again.
  void SetFence(EchoFence* fence);

  /// There may be something new in the outbox. Thread-safe, never blocks.
  void Wake();

  absl::Status Open() override;
  absl::Status Serve() override;
  void Close() override;
  void Interrupt() override;

  /// How often the send thread was woken for want of an acknowledgement. For tests and diagnosis.
  int64_t tick_count();

 private:
  struct Done {
    int64_t id;
    PublishResult result;
    std::string text;
  };

  /// What happened since it was last asked; emptied by asking.
  struct News {
    std::vector<Done> done;
    bool woken = false;
  };

  /// Waits until nothing that the broker has can be published again, or that cannot be known.
  absl::Status PassFence();
  /// One round of it: publishes the marker when it is due, and says how long to wait for news.
  /// Waits for the marker. Error: the connection is of no use. @p doubt says why it did not come.
  absl::Status AwaitMarker(absl::Status& doubt);

  /// Waits for news, at most @p timeout.
  News WaitForNews(absl::Duration timeout);
  bool Ended();
  absl::Status EndReason();
  /// Commits what the broker said. Returns whether all of it was good news for the connection.
  absl::Status Settle(const std::vector<Done>& done);
  void Tick();
  absl::Status Load();
  absl::Status PublishReady();
  absl::Status DropExpired(const OutboxMessage& message);

  Store& store_;
  const CheckboxRules& checkbox_rules_;
  const DeadlineRules& deadline_rules_;
  PublishConnection& connection_;
  const Clock& clock_;
  std::function<bool()> gate_ = [] { return true; };
  EchoFence* fence_ = nullptr;

  /// Only the loop's thread uses it.
  OutboxWindow window_;

  Mutex mutex_;
  std::condition_variable changed_;
  News news_ ABSL_GUARDED_BY(mutex_);
  /// Why the connection is of no use any more. Empty: it is good.
  std::string lost_ ABSL_GUARDED_BY(mutex_);
  bool interrupted_ ABSL_GUARDED_BY(mutex_) = false;
  int64_t tick_count_ ABSL_GUARDED_BY(mutex_) = 0;
};

}  // namespace chatwire::mqtt

#endif  // CHATWIRE_MQTT_SERVICE_BROKER_PUBLISH_LOOP_H_
