#include "mqtt-service/domain/idempotency.h"

#include "common/error.h"
#include "common/uuid.h"
#include "mqtt-service/domain/checkbox.h"

namespace chatwire::mqtt {

absl::Status CheckRequestId(const std::string& id) {
  if (IsUuid(id)) return absl::OkStatus();
  return MakeError(absl::StatusCode::kInvalidArgument, {kErrorDomain, "BAD_REQUEST_ID"},
                   "`request_id` must be a UUID that you choose; keep it for retries of the call");
}

absl::StatusOr<std::optional<HandledRequest>> FindRepetition(Transaction& transaction,
                                                             const std::string& id,
                                                             const std::string& content) {
  std::optional<HandledRequest> earlier = transaction.requests().Find(id);
  if (earlier.has_value() && earlier->content != content) {
    return MakeError(absl::StatusCode::kAlreadyExists, {kErrorDomain, "REQUEST_ID_REUSED"},
                     "`request_id` was used for another call; choose a new one");
  }
  return earlier;
}

}  // namespace chatwire::mqtt
