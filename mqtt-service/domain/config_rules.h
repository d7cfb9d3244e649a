#ifndef CHATWIRE_MQTT_SERVICE_DOMAIN_CONFIG_RULES_H_
#define CHATWIRE_MQTT_SERVICE_DOMAIN_CONFIG_RULES_H_

#include <string>

#include "absl/status/status.h"
#include "mqtt-service/domain/checkbox_config.h"
#include "mqtt-service/domain/store.h"

namespace chatwire::mqtt {

/// Whether a checkbox of a service with the base topic @p base can be as @p config says, beside all
/// others.
///
/// Errors: INVALID_ARGUMENT/BAD_NAME, BAD_TITLE, BAD_ALIAS, BAD_LABEL, BAD_CHAT_ALLOW;
/// ALREADY_EXISTS/WORD_TAKEN (metadata `word`, `name`) where another checkbox has an alias as its
/// name or alias, or the name as an alias: who says it must not have to guess what happens; those
/// of CheckBinding.
absl::Status CheckConfig(Transaction& transaction, const CheckboxConfig& config,
                         const std::string& base);

}  // namespace chatwire::mqtt

#endif  // CHATWIRE_MQTT_SERVICE_DOMAIN_CONFIG_RULES_H_
