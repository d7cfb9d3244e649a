#ifndef CHATWIRE_MQTT_SERVICE_DOMAIN_IDEMPOTENCY_H_
#define CHATWIRE_MQTT_SERVICE_DOMAIN_IDEMPOTENCY_H_

#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "mqtt-service/domain/store.h"

namespace chatwire::mqtt {

/// Error: INVALID_ARGUMENT/BAD_REQUEST_ID where @p id is not a UUID.
absl::Status CheckRequestId(const std::string& id);

/// The earlier call with this request id (AIP-155), nothing where there was none.
/// Error: ALREADY_EXISTS/REQUEST_ID_REUSED where it had other content.
absl::StatusOr<std::optional<HandledRequest>> FindRepetition(Transaction& transaction,
                                                             const std::string& id,
                                                             const std::string& content);

}  // namespace chatwire::mqtt

#endif  // CHATWIRE_MQTT_SERVICE_DOMAIN_IDEMPOTENCY_H_
