#ifndef CHATWIRE_MQTT_SERVICE_STORE_SQLITE_REQUEST_LOG_H_
#define CHATWIRE_MQTT_SERVICE_STORE_SQLITE_REQUEST_LOG_H_

#include <optional>
#include <string>

#include "mqtt-service/domain/request_log.h"
#include "mqtt-service/store/query_cache.h"

namespace chatwire::mqtt {

/// RequestLog in SQLite.
class SqliteRequestLog final : public RequestLog {
 public:
  explicit SqliteRequestLog(QueryCache& queries) : queries_(queries) {}

  std::optional<HandledRequest> Find(const std::string& id) override;
  void Add(const HandledRequest& request) override;
  void Purge(absl::Time time) override;

 private:
  QueryCache& queries_;
};

}  // namespace chatwire::mqtt

#endif  // CHATWIRE_MQTT_SERVICE_STORE_SQLITE_REQUEST_LOG_H_
