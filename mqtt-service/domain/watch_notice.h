#ifndef CHATWIRE_MQTT_SERVICE_DOMAIN_WATCH_NOTICE_H_
#define CHATWIRE_MQTT_SERVICE_DOMAIN_WATCH_NOTICE_H_

#include <vector>

#include "mqtt-service/domain/checkbox.h"
#include "mqtt-service/domain/command.h"
#include "mqtt-service/domain/store.h"

namespace chatwire::mqtt {

/// Owes a notice to everybody who watches @p checkbox, which @p by has changed; but not to those
/// who get an answer anyway because they have @p asked.
void TellWatchers(Transaction& transaction, const Checkbox& checkbox, const Change& by,
                  const std::vector<ChatOrigin>& asked);

}  // namespace chatwire::mqtt

#endif  // CHATWIRE_MQTT_SERVICE_DOMAIN_WATCH_NOTICE_H_
