#ifndef CHATWIRE_MQTT_SERVICE_SERVICE_LINKS_H_
#define CHATWIRE_MQTT_SERVICE_SERVICE_LINKS_H_

#include <string>
#include <vector>

#include "common/rpc/token_service.h"
#include "mqtt-service/broker/broker_options.h"
#include "mqtt-service/broker/home_assistant.h"
#include "mqtt-service/broker/homie.h"
#include "mqtt-service/broker/paho_subscriber.h"
#include "mqtt-service/domain/topic.h"

namespace chatwire::mqtt {

/// How the links of the service introduce themselves, and what they ask for.

/// The same after a restart, another for another store: two services must not take each other's
/// place.
BrokerOptions WithClientId(BrokerOptions options, const std::string& base,
                           const std::string& store_id);

/// What the RPCs of this service ask for.
TokenRules RulesOfTokens();

/// Home Assistant's own topic is subscribed to only where it is wanted: a broker may forbid it.
std::vector<InboundFilter> SubscriberFilters(const Topics& topics, const HomeAssistant& home);

/// A controller's `set` that nobody heard is said again by the controller: nothing is kept for us.
/// The will is the root device's, as the convention wants it.
SubscriberSession HomieSession(const HomieTopics& homie, const Topics& topics);

/// Each checkbox may have a device that says whether it is there.
SubscriberSession LastingSession(const Topics& topics);

}  // namespace chatwire::mqtt

#endif  // CHATWIRE_MQTT_SERVICE_SERVICE_LINKS_H_
