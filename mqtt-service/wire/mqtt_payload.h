#ifndef CHATWIRE_MQTT_SERVICE_WIRE_MQTT_PAYLOAD_H_
#define CHATWIRE_MQTT_SERVICE_WIRE_MQTT_PAYLOAD_H_

#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "mqtt-service/domain/checkbox.h"

namespace chatwire::mqtt {

/// A controller's message on `checkbox/<name>/set`.
struct SetPayload {
  SwitchAction action = SwitchAction::kOff;
  /// 0: none was given.
  int64_t expected_version = 0;
  /// Who wants it, in the controller's own words. Empty: it does not say.
  std::string by;
  /// It is the web panel.
  bool panel = false;
};

/// A controller's message on `checkbox/<name>/get`.
struct GetPayload {
  /// How many lines of the history are wanted. 0: the state.
  int64_t history = 0;
};

/// A device's message on `checkbox/<name>/report`.
struct ReportPayload {
  SwitchState state = SwitchState::kUnknown;
  /// Empty: none was given.
  std::string correlation_id;
};

/// Reads ON, OFF, TOGGLE, true, false, 1, 0 (any case), or a JSON object with such a `state` and an
/// optional `expected_version`, `by` (up to 128 bytes), and `through`, which is `panel` or nothing.
/// Error: INVALID_ARGUMENT/BAD_PAYLOAD.
absl::StatusOr<SetPayload> ParseSetPayload(const std::string& payload);

/// Reads nothing, or a JSON object with `history`, 1 to 100. Error: INVALID_ARGUMENT/BAD_PAYLOAD.
absl::StatusOr<GetPayload> ParseGetPayload(const std::string& payload);

/// Reads ON, OFF, true, false, 1, 0 (any case), or a JSON object with such a `state` and an
/// optional `correlation_id`. Error: INVALID_ARGUMENT/BAD_PAYLOAD.
absl::StatusOr<ReportPayload> ParseReportPayload(const std::string& payload);

/// Reads `online` or `offline` (any case), or a JSON object with such a `state` (Zigbee2MQTT's
/// form). Error: INVALID_ARGUMENT/BAD_PAYLOAD.
absl::StatusOr<Availability> ParseAvailability(const std::string& payload);

/// The JSON answer to an MQTT request: `{"ok":true,"version":..}`, or `{"ok":false,"reason":..}`
/// with the error's message and reason.
std::string SetResultPayload(const absl::StatusOr<Checkbox>& result);

}  // namespace chatwire::mqtt

#endif  // CHATWIRE_MQTT_SERVICE_WIRE_MQTT_PAYLOAD_H_
