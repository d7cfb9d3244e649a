#include "mqtt-service/store/sqlite_discovery_log.h"

#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"

namespace chatwire::mqtt {

std::vector<ToldDevice> SqliteDiscoveryLog::All() {
  auto query = queries_("SELECT topic, digest, names FROM discovery ORDER BY topic");
  std::vector<ToldDevice> devices;
  while (query.Next()) {
    devices.push_back({query.GetText(0), query.GetText(1),
                       absl::StrSplit(query.GetText(2), '\n', absl::SkipEmpty())});
  }
  return devices;
}

void SqliteDiscoveryLog::Put(const ToldDevice& device) {
  queries_("INSERT OR REPLACE INTO discovery(topic, digest, names) VALUES(?, ?, ?)")
      .Text(device.topic)
      .Text(device.digest)
      .Text(absl::StrJoin(device.names, "\n"))
      .Run();
}

void SqliteDiscoveryLog::Remove(const std::string& topic) {
  queries_("DELETE FROM discovery WHERE topic = ?").Text(topic).Run();
}

}  // namespace chatwire::mqtt
