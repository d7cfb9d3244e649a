#ifndef CHATWIRE_MQTT_SERVICE_STORE_SCHEMA_H_
#define CHATWIRE_MQTT_SERVICE_STORE_SCHEMA_H_

#include <string>
#include <vector>

namespace chatwire::mqtt {

/// The steps of common/sqlite/migrations.h for the service's one database.
const std::vector<std::string>& Schema();

}  // namespace chatwire::mqtt

#endif  // CHATWIRE_MQTT_SERVICE_STORE_SCHEMA_H_
