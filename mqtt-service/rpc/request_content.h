#ifndef CHATWIRE_MQTT_SERVICE_RPC_REQUEST_CONTENT_H_
#define CHATWIRE_MQTT_SERVICE_RPC_REQUEST_CONTENT_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "common/error.h"
#include "common/uuid.h"
#include "mqtt-service/domain/checkbox.h"

namespace chatwire::mqtt {

inline constexpr int32_t kDefaultPage = 100;
inline constexpr int32_t kLargestPage = 1000;
/// A page ends after this, so that its message is never too large for a caller.
inline constexpr size_t kLargestPageBytes = size_t{512} * 1024;

/// How many rows a page has. Error: INVALID_ARGUMENT/BAD_PAGE.
inline absl::StatusOr<int32_t> PageSize(int32_t wanted) {
  if (wanted < 0) {
    return MakeError(absl::StatusCode::kInvalidArgument, {kErrorDomain, "BAD_PAGE"},
                     "`page_size` must not be negative");
  }
  return wanted == 0 ? kDefaultPage : std::min(wanted, kLargestPage);
}

/// What makes @p request the same call as another one: everything but its `request_id`.
template <typename Request>
std::string ContentOf(const char* method, Request request) {
  request.clear_request_id();
  return absl::StrCat(method, DerivedUuid("chatwire-request", request.SerializeAsString()));
}

}  // namespace chatwire::mqtt

#endif  // CHATWIRE_MQTT_SERVICE_RPC_REQUEST_CONTENT_H_
