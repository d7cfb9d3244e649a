#ifndef CHATWIRE_MQTT_SERVICE_WIRE_CHECKBOX_PROTO_H_
#define CHATWIRE_MQTT_SERVICE_WIRE_CHECKBOX_PROTO_H_

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "chatwire/mqtt/v1/checkbox_service.pb.h"
#include "mqtt-service/domain/checkbox.h"

namespace chatwire::mqtt {

/// A change as the API shows it.
v1::Change ToProto(const Change& change);

/// A checkbox as the API shows it.
v1::Checkbox ToProto(const Checkbox& checkbox);

/// What a request to create one says about it. Error: INVALID_ARGUMENT/BAD_DEVICE.
absl::StatusOr<CheckboxConfig> ConfigFromProto(const v1::CreateCheckboxRequest& request);

/// What @p mask says to change. Errors: INVALID_ARGUMENT/BAD_UPDATE_MASK, BAD_DEVICE.
absl::StatusOr<CheckboxChange> ChangeFromProto(const v1::Checkbox& checkbox,
                                               const google::protobuf::FieldMask& mask);

/// Error: INVALID_ARGUMENT/BAD_ACTION for what is unspecified or unknown.
absl::StatusOr<SwitchAction> ActionFromProto(v1::CheckboxAction action);

/// An opaque token that says "everything up to @p sequence of the store @p store_id was seen".
std::string MakeResumeToken(const std::string& store_id, int64_t sequence);

/// The sequence of a token. Error: INVALID_ARGUMENT/BAD_RESUME_TOKEN for what is not a token of the
/// store
/// @p store_id, or one from its future (@p last_sequence).
absl::StatusOr<int64_t> ParseResumeToken(const std::string& token, const std::string& store_id,
                                         int64_t last_sequence);

/// An opaque token for the page after the checkbox @p name.
std::string MakePageToken(const std::string& name);

/// The name of a page token, "" for an empty one. Error: INVALID_ARGUMENT/BAD_PAGE.
absl::StatusOr<std::string> ParsePageToken(const std::string& token);

}  // namespace chatwire::mqtt

#endif  // CHATWIRE_MQTT_SERVICE_WIRE_CHECKBOX_PROTO_H_
