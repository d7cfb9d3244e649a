#ifndef CHATWIRE_MQTT_SERVICE_STORE_SQLITE_COMMAND_TABLE_H_
#define CHATWIRE_MQTT_SERVICE_STORE_SQLITE_COMMAND_TABLE_H_

#include <optional>
#include <string>
#include <vector>

#include "mqtt-service/domain/store.h"
#include "mqtt-service/store/query_cache.h"

namespace chatwire::mqtt {

/// CommandTable in SQLite. Marks in @p commit what it touches.
class SqliteCommandTable final : public CommandTable {
 public:
  SqliteCommandTable(QueryCache& queries, Commit& commit) : queries_(queries), commit_(commit) {}

  void Add(const Command& command) override;
  void Update(const Command& command) override;
  std::optional<Command> Find(const std::string& id) override;
  std::vector<Command> Pending(const std::string& checkbox) override;
  std::vector<Command> Due(absl::Time now) override;
  absl::Time NextDeadline() override;
  void Purge(absl::Time time) override;

 private:
  QueryCache& queries_;
  Commit& commit_;
};

}  // namespace chatwire::mqtt

#endif  // CHATWIRE_MQTT_SERVICE_STORE_SQLITE_COMMAND_TABLE_H_
