#ifndef CHATWIRE_MQTT_SERVICE_BROKER_HOMIE_H_
#define CHATWIRE_MQTT_SERVICE_BROKER_HOMIE_H_

#include <atomic>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "common/clock.h"
#include "mqtt-service/broker/message_router.h"
#include "mqtt-service/domain/checkbox_rules.h"
#include "mqtt-service/domain/homie_topic.h"
#include "mqtt-service/domain/store.h"
#include "mqtt-service/threads/work_queue.h"

namespace chatwire::mqtt {

/// How Homie controllers are told about the checkboxes.
struct HomieOptions {
  /// The first level of its topics. Empty: they are told nothing, and what they were told before is
  /// taken back.
  std::string domain;
  /// Changes of so long are told together.
  absl::Duration gather = absl::Seconds(1);
};

/// Shows the checkboxes as devices of the Homie convention, version 5.
///
/// `$target` is what is wanted, the value what the device has reported; a controller's `set` is
/// accepted once `$target` says so. A description changes only while its device is in `init`. After
/// a connect everything is told again, the root's `ready` last; who is gone loses `$state` first.
///
/// States are told by the change sequence, as WatchCheckboxes tells them. The DiscoveryLog keeps
/// what was told of a device, without names: versions have to grow over restarts, too, and what is
/// gone must be taken back.
///
/// Works on the work queue's thread, but for Handle.
class HomieDevices {
 public:
  /// All arguments must outlive the object and the queue's thread. @p base is our base topic.
  HomieDevices(Store& store, const CheckboxRules& rules, std::string base, WorkQueue& queue,
               const Clock& clock, HomieOptions options);

  bool enabled() const { return !options_.domain.empty(); }
  const HomieTopics& topics() const { return topics_; }

  /// Before anything is published: what an earlier life wanted to say of the root is not true yet.
  void Start();

  /// For Store::AddListener.
  void OnCommit(const Commit& commit);
  /// The publisher is connected, and the subscription to `set` (where it is enabled) is there.
  /// Thread-safe, never blocks.
  void OnConnected();
  /// One of them is away. Thread-safe, never blocks.
  void OnDisconnected() { connected_ = false; }

  /// A controller's `set`: commits before it returns. On any thread.
  void Handle(const InboundMessage& message);

  /// Puts the devices that have changed into the outbox; everything where @p again.
  void Announce(Transaction& transaction, bool again);
  /// Puts the states that have changed into the outbox.
  void Follow(Transaction& transaction);

 private:
  /// What has to be told. Names of checkboxes, ids of all children, topics of devices that are
  /// gone.
  struct Plan {
    std::vector<std::string> names;
    std::vector<std::string> children;
    std::vector<std::string> gone;
    bool again = false;
  };
  /// What was told of a device's description.
  struct Told {
    int64_t version = 0;
    /// Of the description without the version.
    std::string digest;
  };
  /// What was told of a checkbox.
  struct Shown {
    int64_t version = 0;
    SwitchState desired = SwitchState::kUnknown;
    SwitchState reported = SwitchState::kUnknown;
    std::string state;
    bool operator==(const Shown&) const = default;
  };
  using Describe = std::function<std::string(int64_t version)>;

  /// Told devices by topic.
  static std::map<std::string, Told> Look(Transaction& transaction);
  Plan MakePlan(std::map<std::string, Told> told, const std::vector<Checkbox>& checkboxes,
                bool again) const;
  void Carry(Transaction& transaction, const Plan& plan);
  /// Looks, plans and carries out, the second without the store's lock.
  void Work(bool again);
  void Write(const std::function<void(Transaction&)>& work);
  void Tell(Transaction& transaction, const std::string& device, std::optional<Told> old,
            const Describe& describe, const Checkbox* checkbox, bool again);
  void Show(Transaction& transaction, const std::string& device, const Checkbox& checkbox);

  Store& store_;
  const CheckboxRules& rules_;
  const std::string base_;
  WorkQueue& queue_;
  const Clock& clock_;
  const HomieOptions options_;
  const HomieTopics topics_;
  std::atomic<bool> posted_{false};
  std::atomic<bool> following_{false};
  std::atomic<bool> connected_{false};

  /// Used by the queue's thread only.
  int64_t sequence_ = 0;
  /// By topic, of those devices that were told since the start.
  std::map<std::string, Shown> shown_;
};

}  // namespace chatwire::mqtt

#endif  // CHATWIRE_MQTT_SERVICE_BROKER_HOMIE_H_
