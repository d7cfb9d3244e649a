#ifndef CHATWIRE_MQTT_SERVICE_DOMAIN_DEADLINE_RULES_H_
#define CHATWIRE_MQTT_SERVICE_DOMAIN_DEADLINE_RULES_H_

#include <string>

#include "common/clock.h"
#include "mqtt-service/domain/announcer.h"
#include "mqtt-service/domain/store.h"

namespace chatwire::mqtt {

/// What becomes of commands that nobody answers.
class DeadlineRules {
 public:
  /// @p announcer and @p clock must outlive the rules.
  DeadlineRules(const Announcer& announcer, const Clock& clock);

  /// Deals with every deadline that has passed: says "not confirmed yet", and gives commands up,
  /// after which the desired state is the reported one again, so that nothing turns on by itself
  /// later.
  void Apply(Transaction& transaction) const;

  /// The broker has the command @p id.
  void Published(Transaction& transaction, const std::string& id) const;

  /// The broker will never take the command @p id.
  void Refused(Transaction& transaction, const std::string& id) const;

  /// Forgets what nobody asks for any more: ended commands and requests after a day, handled events
  /// after @p event_retention, what happened to checkboxes after @p history_retention.
  void Purge(Transaction& transaction, absl::Duration event_retention,
             absl::Duration history_retention) const;

 private:
  void GiveUp(Transaction& transaction, Command& command, CommandStatus status) const;

  const Announcer& announcer_;
  const Clock& clock_;
};

}  // namespace chatwire::mqtt

#endif  // CHATWIRE_MQTT_SERVICE_DOMAIN_DEADLINE_RULES_H_
