#ifndef CHATWIRE_MQTT_SERVICE_STORE_SQLITE_OUTBOX_H_
#define CHATWIRE_MQTT_SERVICE_STORE_SQLITE_OUTBOX_H_

#include <string>
#include <vector>

#include "mqtt-service/domain/store.h"
#include "mqtt-service/store/query_cache.h"

namespace chatwire::mqtt {

/// Outbox in SQLite. Marks in @p commit what it touches.
class SqliteOutbox final : public Outbox {
 public:
  SqliteOutbox(QueryCache& queries, Commit& commit) : queries_(queries), commit_(commit) {}

  void Add(const OutboxMessage& message) override;
  std::vector<OutboxMessage> After(int64_t id, int64_t limit) override;
  void Remove(int64_t id) override;
  void RemoveCommand(const std::string& command_id) override;
  int64_t CommandCount() override;
  int64_t Count() override;

 private:
  QueryCache& queries_;
  Commit& commit_;
};

}  // namespace chatwire::mqtt

#endif  // CHATWIRE_MQTT_SERVICE_STORE_SQLITE_OUTBOX_H_
