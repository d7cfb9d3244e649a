#ifndef CHATWIRE_MQTT_SERVICE_DOMAIN_COMMAND_TABLE_H_
#define CHATWIRE_MQTT_SERVICE_DOMAIN_COMMAND_TABLE_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "mqtt-service/domain/command.h"

namespace chatwire::mqtt {

/// Commands, ended ones for a day. See Transaction for errors.
class CommandTable {
 public:
  virtual ~CommandTable() = default;

  virtual void Add(const Command& command) = 0;
  virtual void Update(const Command& command) = 0;
  virtual std::optional<Command> Find(const std::string& id) = 0;

  /// Those of @p checkbox that have not ended, oldest first.
  virtual std::vector<Command> Pending(const std::string& checkbox) = 0;

  /// Pending ones of which a deadline is at or before @p now, oldest first.
  virtual std::vector<Command> Due(absl::Time now) = 0;

  /// The next deadline of all; InfiniteFuture: there is none.
  virtual absl::Time NextDeadline() = 0;

  /// Forgets those that were made before @p time and have ended.
  virtual void Purge(absl::Time time) = 0;
};

}  // namespace chatwire::mqtt

#endif  // CHATWIRE_MQTT_SERVICE_DOMAIN_COMMAND_TABLE_H_
