#include "mqtt-service/store/sqlite_request_log.h"

namespace chatwire::mqtt {

std::optional<HandledRequest> SqliteRequestLog::Find(const std::string& id) {
  auto query = queries_("SELECT id, content, command_id, time FROM request WHERE id = ?");
  query.Text(id);
  if (!query.Next()) return std::nullopt;
  return HandledRequest{query.GetText(0), query.GetText(1), query.GetText(2),
                        query.GetTime(3, absl::UnixEpoch())};
}

void SqliteRequestLog::Add(const HandledRequest& request) {
  queries_("INSERT INTO request(id, content, command_id, time) VALUES(?, ?, ?, ?)")
      .Text(request.id)
      .Text(request.content)
      .Text(request.command_id)
      .Time(request.time)
      .Run();
}

void SqliteRequestLog::Purge(absl::Time time) {
  queries_("DELETE FROM request WHERE time < ?").Time(time).Run();
}

}  // namespace chatwire::mqtt
