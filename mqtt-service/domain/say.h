#ifndef CHATWIRE_MQTT_SERVICE_DOMAIN_SAY_H_
#define CHATWIRE_MQTT_SERVICE_DOMAIN_SAY_H_

#include "mqtt-service/domain/language.h"

namespace chatwire::mqtt::reply_text {

/// The words of one language, with $0, $1 ... for what differs.
using Text = const char*;

inline Text Say(Language language, Text english, Text portuguese, Text spanish) {
  return In(language, english, portuguese, spanish);
}

}  // namespace chatwire::mqtt::reply_text

#endif  // CHATWIRE_MQTT_SERVICE_DOMAIN_SAY_H_
