#ifndef CHATWIRE_MQTT_SERVICE_DOMAIN_ANNOUNCER_H_
#define CHATWIRE_MQTT_SERVICE_DOMAIN_ANNOUNCER_H_

#include <string>
#include <vector>

#include "mqtt-service/domain/chat_event.h"
#include "mqtt-service/domain/checkbox.h"
#include "mqtt-service/domain/command.h"
#include "mqtt-service/domain/history.h"
#include "mqtt-service/domain/store.h"
#include "mqtt-service/domain/topic.h"

namespace chatwire::mqtt {

/// Says on MQTT what the rules decided: puts the messages into the outbox of the same transaction.
class Announcer {
 public:
  explicit Announcer(Topics topics);

  const Topics& topics() const { return topics_; }

  /// The retained state of @p checkbox, a JSON object; see StatePayload.
  void State(Transaction& transaction, const Checkbox& checkbox) const;

  /// Clears the retained topics of a checkbox that is gone.
  void Clear(Transaction& transaction, const std::string& name) const;

  /// Asks the device of @p checkbox: ON or OFF, or as its binding says. Never retained, expires
  /// with the command.
  void Ask(Transaction& transaction, const Checkbox& checkbox, const Command& command) const;

  /// `bridge/state` says that the service is there.
  void Online(Transaction& transaction) const;

  /// A copy of a chat message, for whoever listens on MQTT.
  void Chat(Transaction& transaction, const ChatEvent& event) const;

  /// Answers an MQTT 5 request on its response topic. Worth nothing after @p expire_time.
  void Respond(Transaction& transaction, const std::string& topic,
               const std::string& correlation_data, const std::string& payload,
               absl::Time expire_time) const;

 private:
  Topics topics_;
};

/// Where the device of @p checkbox is asked.
std::string CommandTopic(const Topics& topics, const Checkbox& checkbox);

/// The retained JSON of a checkbox: state (the reported one), desired, version, available, title,
/// changed_by, changed_at, pending, correlation_id (of the newest unanswered command). What is
/// unknown is null, which Home Assistant's templates read as an unknown state.
std::string StatePayload(const Checkbox& checkbox);

/// What happened to the checkbox @p name, as JSON: name, history (newest first): at, what, state,
/// desired, version, by.
std::string HistoryPayload(const std::string& name, const std::vector<HistoryEntry>& entries);

}  // namespace chatwire::mqtt

#endif  // CHATWIRE_MQTT_SERVICE_DOMAIN_ANNOUNCER_H_
