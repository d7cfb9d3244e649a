#ifndef CHATWIRE_MQTT_SERVICE_STORE_SQLITE_DELIVERY_LOG_H_
#define CHATWIRE_MQTT_SERVICE_STORE_SQLITE_DELIVERY_LOG_H_

#include <string>

#include "mqtt-service/domain/delivery_log.h"
#include "mqtt-service/store/query_cache.h"

namespace chatwire::mqtt {

/// DeliveryLog in SQLite.
class SqliteDeliveryLog final : public DeliveryLog {
 public:
  explicit SqliteDeliveryLog(QueryCache& queries) : queries_(queries) {}

  bool IsKnown(int packet_id, const std::string& content) override;
  void Note(int packet_id, const std::string& content) override;
  void Clear() override;

 private:
  QueryCache& queries_;
};

}  // namespace chatwire::mqtt

#endif  // CHATWIRE_MQTT_SERVICE_STORE_SQLITE_DELIVERY_LOG_H_
