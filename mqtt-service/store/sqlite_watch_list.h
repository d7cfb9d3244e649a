#ifndef CHATWIRE_MQTT_SERVICE_STORE_SQLITE_WATCH_LIST_H_
#define CHATWIRE_MQTT_SERVICE_STORE_SQLITE_WATCH_LIST_H_

#include <string>
#include <vector>

#include "mqtt-service/domain/watch_list.h"
#include "mqtt-service/store/query_cache.h"

namespace chatwire::mqtt {

/// WatchList in SQLite.
class SqliteWatchList final : public WatchList {
 public:
  explicit SqliteWatchList(QueryCache& queries) : queries_(queries) {}

  void Add(const ChatWatch& watch) override;
  void Remove(const std::string& account, const std::string& jid,
              const std::string& checkbox) override;
  void RemoveAll(const std::string& account, const std::string& jid) override;
  void RemoveCheckbox(const std::string& checkbox) override;
  int64_t CountOf(const std::string& account, const std::string& jid) override;
  std::vector<ChatWatch> Of(const std::string& checkbox) override;

 private:
  QueryCache& queries_;
};

}  // namespace chatwire::mqtt

#endif  // CHATWIRE_MQTT_SERVICE_STORE_SQLITE_WATCH_LIST_H_
