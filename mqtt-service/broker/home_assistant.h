#ifndef CHATWIRE_MQTT_SERVICE_BROKER_HOME_ASSISTANT_H_
#define CHATWIRE_MQTT_SERVICE_BROKER_HOME_ASSISTANT_H_

#include <atomic>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/time/time.h"
#include "common/mutex.h"
#include "mqtt-service/domain/checkbox_rules.h"
#include "mqtt-service/domain/message_port.h"
#include "mqtt-service/domain/store.h"
#include "mqtt-service/domain/topic.h"
#include "mqtt-service/threads/work_queue.h"

namespace chatwire::mqtt {

/// How Home Assistant is told about the checkboxes.
struct HomeAssistantOptions {
  /// Its discovery prefix. Empty: it is told nothing, and what it was told before is taken back.
  std::string prefix;
  /// Changes of so long are told together.
  absl::Duration gather = absl::Seconds(1);
  /// So long the broker may take to show what it has retained.
  absl::Duration listen = absl::Seconds(3);
  /// Home Assistant has just started when it says so, and so has everything else: we wait up to
  /// this.
  absl::Duration birth_jitter = absl::Seconds(10);
};

/// Keeps Home Assistant's discovery topics as the checkboxes are.
///
/// Published is what has changed; after every connect it is first read what the broker has
/// retained. When Home Assistant starts, it gets everything once more: discovery, then availability
/// and states. A checkbox that is gone is taken away in two steps, and what an earlier life of the
/// service has left behind is cleared. Many checkboxes are parts of several devices, so that no
/// message is large.
///
/// Works on the work queue's thread.
class HomeAssistant {
 public:
  /// What the broker has retained: payloads by topic.
  using Retained = std::map<std::string, std::string>;

  /// All arguments must outlive the object and the queue's thread. @p make_source makes the
  /// connection that reads what is retained.
  HomeAssistant(Store& store, const CheckboxRules& rules, const Topics& topics, WorkQueue& queue,
                MessageSourceFactory make_source, HomeAssistantOptions options);

  /// Where Home Assistant says that it starts. Empty: nobody wants to know.
  std::string BirthTopic() const;

  /// For Store::AddListener.
  void OnCommit(const Commit& commit);
  /// The connection to the broker is there (again). Thread-safe, never blocks.
  void OnConnected();
  /// Something came on BirthTopic. Thread-safe, never blocks.
  void OnBirth(const std::string& payload, bool retained);

  /// Puts what has changed into the outbox.
  void Announce(Transaction& transaction);
  /// The same, and what the broker does not have as it was told; clears what is not ours any more.
  void Reconcile(Transaction& transaction, const Retained& retained);
  /// Everything once more.
  void AnnounceAgain(Transaction& transaction);

  /// Most checkboxes of one device.
  static constexpr size_t kMostComponents = 250;

 private:
  /// What there is, and what was told, at one moment.
  struct Inventory {
    std::vector<ToldDevice> told;
    std::vector<Checkbox> checkboxes;
  };
  /// What has to be told, and what is to be remembered of it.
  struct Telling {
    std::vector<OutboxMessage> messages;
    std::vector<ToldDevice> told;
    std::vector<std::string> taken_back;
  };
  /// A device as it has to be told.
  struct Device {
    int number = 0;
    ToldDevice told;
    std::vector<Checkbox> checkboxes;
    std::vector<std::string> gone;
  };

  std::string ConfigTopic(int number) const;
  /// The number of a device of ours; 0: it is not ours, or was under another prefix or base.
  int NumberOf(const std::string& topic) const;
  static Inventory Look(Transaction& transaction);
  std::vector<Device> Devices(const std::vector<ToldDevice>& told,
                              std::vector<Checkbox> checkboxes) const;
  void TakeBackElsewhere(std::vector<ToldDevice>& told, Telling& telling) const;
  void Tell(const Device& device, bool again, Telling& telling);
  /// Compares what the broker has @p retained with what was told.
  void Compare(std::vector<ToldDevice>& told, const Retained& retained) const;
  Telling Decide(Inventory inventory, const Retained* retained, bool again);
  static void Note(Transaction& transaction, const Telling& telling);
  /// Looks, decides and notes, the second without the store's lock.
  void Work(const Retained* retained, bool again);
  void StartListening();
  void Collect(MqttMessage message);
  void EndListening(int round);

  Store& store_;
  const CheckboxRules& rules_;
  const Topics& topics_;
  WorkQueue& queue_;
  const MessageSourceFactory make_source_;
  const HomeAssistantOptions options_;
  std::atomic<bool> posted_{false};
  std::atomic<bool> born_{false};

  Mutex mutex_;
  Retained retained_ ABSL_GUARDED_BY(mutex_);

  /// Used by the queue's thread only.
  int round_ = 0;
  /// What the payload of each device, by topic, was last made of, and its digest.
  std::map<std::string, std::pair<std::string, std::string>> made_;
  /// What the broker has retained is known, and was compared with what we have.
  bool compared_ = false;
  /// Last, so that nothing comes from it when the rest is gone.
  std::unique_ptr<MessageSource> source_;
};

}  // namespace chatwire::mqtt

#endif  // CHATWIRE_MQTT_SERVICE_BROKER_HOME_ASSISTANT_H_
