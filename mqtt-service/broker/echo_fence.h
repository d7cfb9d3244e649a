#ifndef CHATWIRE_MQTT_SERVICE_BROKER_ECHO_FENCE_H_
#define CHATWIRE_MQTT_SERVICE_BROKER_ECHO_FENCE_H_

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "common/mutex.h"
#include "mqtt-service/broker/inbound_message.h"
#include "mqtt-service/domain/deadline_rules.h"
#include "mqtt-service/domain/outbox.h"
#include "mqtt-service/domain/store.h"
#include "mqtt-service/domain/topic.h"

namespace chatwire::mqtt {

/// Finds out which commands the broker got although its acknowledgement never came.
///
/// A connection, or the process, can end between the broker's PUBACK and our note of it. MQTT's
/// QoS 1 says "publish again" then, and a device gets a command twice. So a session of our own at
/// the broker listens to the commands that we publish ("echoes"); an echo is as good as the
/// acknowledgement. After a reconnect the publisher first publishes a marker. By the time the
/// marker comes back, so has the echo of everything that the broker took before: the old connection
/// ended at the latest when the new one, with the same client id, was accepted, and a session's
/// messages come in order. What is then still in the outbox was never taken, and is published.
///
/// A device that is bound is asked on a topic of its own, and that is listened to as well; only a
/// command that is published before the broker has confirmed that subscription has no echo.
///
/// The session outlives us at the broker. Where that has lost it, or does not let us listen,
/// nothing is known about what was under way, and it is published again: at least once, and said.
///
/// Thread-safe.
class EchoFence {
 public:
  /// All arguments must outlive the fence.
  EchoFence(Store& store, const DeadlineRules& deadline_rules, const Topics& topics);

  /// Calls @p listener when there may be something to do. Only while the service is being wired.
  void SetListener(std::function<void()> listener) { listener_ = std::move(listener); }

  // What the link that listens tells.

  /// It has subscribed. @p new_session: the broker had kept no session.
  void LinkUp(bool new_session);
  void LinkDown(const absl::Status& status);
  /// A message has come on it. Has committed what follows when it returns.
  void Handle(const InboundMessage& message);

  // What the publisher asks, on one thread.

  /// A new connection publishes. @p in_doubt: commands may be under way from before.
  void Begin(bool in_doubt);
  /// The marker, when it has to be published (again).
  std::optional<OutboxMessage> NextMarker();
  /// Whether publishing may begin.
  bool Passed() const;
  /// Why it never will pass. OK: it may yet.
  absl::Status Hopeless() const;
  /// Whether the broker's session was lost since the commands in doubt were published: then the
  /// outbox may hold some that the broker took.
  bool EvidenceLost() const;
  /// Publishing begins, whether it has passed or not.
  void End();

  /// Id of the marker among the publisher's messages; no row of the outbox has it.
  static constexpr int64_t kMarkerId = -1;

 private:
  void Acknowledge(const std::string& topic, const std::string& command_id);

  Store& store_;
  const DeadlineRules& deadline_rules_;
  const Topics& topics_;
  std::function<void()> listener_ = [] {};

  mutable Mutex mutex_;
  bool link_up_ ABSL_GUARDED_BY(mutex_) = false;
  /// The broker has a session of ours with the subscription; it stays while the link is down.
  bool session_ ABSL_GUARDED_BY(mutex_) = false;
  absl::Status refused_ ABSL_GUARDED_BY(mutex_);
  /// Counts the broker's sessions since the process has started; 0 is the one from before.
  int generation_ ABSL_GUARDED_BY(mutex_) = 0;
  /// The one that heard the commands which are in doubt.
  int covered_generation_ ABSL_GUARDED_BY(mutex_) = 0;
  bool in_doubt_ ABSL_GUARDED_BY(mutex_) = false;
  /// Of the marker that is waited for. Empty: none.
  std::string nonce_ ABSL_GUARDED_BY(mutex_);
  bool marker_due_ ABSL_GUARDED_BY(mutex_) = false;
  bool marker_seen_ ABSL_GUARDED_BY(mutex_) = false;
};

}  // namespace chatwire::mqtt

#endif  // CHATWIRE_MQTT_SERVICE_BROKER_ECHO_FENCE_H_
