#ifndef CHATWIRE_MQTT_SERVICE_STORE_SQLITE_DISCOVERY_LOG_H_
#define CHATWIRE_MQTT_SERVICE_STORE_SQLITE_DISCOVERY_LOG_H_

#include <string>
#include <vector>

#include "mqtt-service/domain/discovery_log.h"
#include "mqtt-service/store/query_cache.h"

namespace chatwire::mqtt {

/// DiscoveryLog in SQLite.
class SqliteDiscoveryLog final : public DiscoveryLog {
 public:
  explicit SqliteDiscoveryLog(QueryCache& queries) : queries_(queries) {}

  std::vector<ToldDevice> All() override;
  void Put(const ToldDevice& device) override;
  void Remove(const std::string& topic) override;

 private:
  QueryCache& queries_;
};

}  // namespace chatwire::mqtt

#endif  // CHATWIRE_MQTT_SERVICE_STORE_SQLITE_DISCOVERY_LOG_H_
