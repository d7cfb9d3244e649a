#include "mqtt-service/store/sqlite_outbox.h"

namespace chatwire::mqtt {

void SqliteOutbox::Add(const OutboxMessage& message) {
  if (message.coalesce) {
    queries_("DELETE FROM outbox WHERE ordering_key = ? AND coalesced = 1 AND topic = ?")
        .Text(message.ordering_key)
        .Text(message.topic)
        .Run();
  }
  queries_(
      "INSERT INTO outbox(ordering_key, coalesced, topic, payload, retain, correlation_data, "
      "expire_time, command_id, qos) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?)")
      .Text(message.ordering_key)
      .Int(message.coalesce ? 1 : 0)
      .Text(message.topic)
      .Blob(message.payload)
      .Int(message.retain ? 1 : 0)
      .Blob(message.correlation_data)
      .Time(message.expire_time)
      .Text(message.command_id)
      .Int(message.qos)
      .Run();
  commit_.outbox = true;
}

std::vector<OutboxMessage> SqliteOutbox::After(int64_t id, int64_t limit) {
  auto query = queries_(
      "SELECT id, ordering_key, coalesced, topic, payload, retain, correlation_data, expire_time, "
      "command_id, qos FROM outbox WHERE id > ? ORDER BY id LIMIT ?");
  query.Int(id).Int(limit);
  std::vector<OutboxMessage> messages;
  while (query.Next()) {
    OutboxMessage message;
    message.id = query.GetInt(0);
    message.ordering_key = query.GetText(1);
    message.coalesce = query.GetBool(2);
    message.topic = query.GetText(3);
    message.payload = query.GetBlob(4);
    message.retain = query.GetBool(5);
    message.correlation_data = query.GetBlob(6);
    message.expire_time = query.GetTime(7, absl::InfiniteFuture());
    message.command_id = query.GetText(8);
    message.qos = static_cast<int>(query.GetInt(9));
    messages.push_back(message);
  }
  return messages;
}

void SqliteOutbox::Remove(int64_t id) { queries_("DELETE FROM outbox WHERE id = ?").Int(id).Run(); }

void SqliteOutbox::RemoveCommand(const std::string& command_id) {
  queries_("DELETE FROM outbox WHERE command_id = ? AND command_id <> ''").Text(command_id).Run();
}

int64_t SqliteOutbox::CommandCount() {
  auto query = queries_("SELECT COUNT(*) FROM outbox WHERE command_id <> ''");
  return query.Next() ? query.GetInt(0) : 0;
}

int64_t SqliteOutbox::Count() {
  auto query = queries_("SELECT COUNT(*) FROM outbox");
  return query.Next() ? query.GetInt(0) : 0;
}

}  // namespace chatwire::mqtt
