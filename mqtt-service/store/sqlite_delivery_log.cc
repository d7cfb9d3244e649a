#include "mqtt-service/store/sqlite_delivery_log.h"

#include "common/uuid.h"

namespace chatwire::mqtt {
namespace {

/// Contents have no bound worth storing 65,535 times.
std::string DigestOf(const std::string& content) {
  return DerivedUuid("chatwire-mqtt-delivery", content);
}

}  // namespace

bool SqliteDeliveryLog::IsKnown(int packet_id, const std::string& content) {
  auto query = queries_("SELECT digest FROM delivery WHERE packet_id = ?");
  query.Int(packet_id);
  return query.Next() && query.GetText(0) == DigestOf(content);
}

void SqliteDeliveryLog::Note(int packet_id, const std::string& content) {
  queries_("INSERT OR REPLACE INTO delivery(packet_id, digest) VALUES(?, ?)")
      .Int(packet_id)
      .Text(DigestOf(content))
      .Run();
}

void SqliteDeliveryLog::Clear() { queries_("DELETE FROM delivery").Run(); }

}  // namespace chatwire::mqtt
