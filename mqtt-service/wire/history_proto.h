#ifndef CHATWIRE_MQTT_SERVICE_WIRE_HISTORY_PROTO_H_
#define CHATWIRE_MQTT_SERVICE_WIRE_HISTORY_PROTO_H_

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "chatwire/mqtt/v1/checkbox_service.pb.h"
#include "mqtt-service/domain/history.h"

namespace chatwire::mqtt {

/// A line of the history as the API shows it.
v1::HistoryEntry ToProto(const HistoryEntry& entry);

/// An opaque token for the page of @p checkbox's history ("": of all) that is older than the entry
/// @p id.
std::string MakeHistoryPageToken(const std::string& checkbox, int64_t id);

/// The id of a token; that after which nothing comes, for an empty one.
/// Error: INVALID_ARGUMENT/BAD_PAGE for another checkbox's token, or none at all.
absl::StatusOr<int64_t> ParseHistoryPageToken(const std::string& token,
                                              const std::string& checkbox);

}  // namespace chatwire::mqtt

#endif  // CHATWIRE_MQTT_SERVICE_WIRE_HISTORY_PROTO_H_
