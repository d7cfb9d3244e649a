#ifndef CHATWIRE_MQTT_SERVICE_DOMAIN_HISTORY_H_
#define CHATWIRE_MQTT_SERVICE_DOMAIN_HISTORY_H_

#include <cstdint>
#include <limits>
#include <string>

#include "mqtt-service/domain/checkbox.h"

namespace chatwire::mqtt {

/// What happened to a checkbox. The numbers are stored, and are those of the API.
enum class HistoryKind {
  /// Written by an older version, which did not say.
  kUnknown = 0,
  kCreated = 1,
  /// Somebody wanted a state.
  kSet = 2,
  /// The device reported a state.
  kReported = 3,
  /// A command was given up unanswered.
  kExpired = 4,
  /// The broker refused a command.
  kRefused = 5,
  kDeleted = 6,
  /// It is called, grouped or reached otherwise.
  kUpdated = 7,
};

/// One line of the audit: what happened, by whom, and how the checkbox was afterwards.
struct HistoryEntry {
  /// Set by the table; grows.
  int64_t id = 0;
  std::string checkbox;
  HistoryKind kind = HistoryKind::kUnknown;
  int64_t version = 0;
  SwitchState desired = SwitchState::kUnknown;
  SwitchState reported = SwitchState::kUnknown;
  Change change;
  /// Id of the chat event behind it. Empty: none.
  std::string event_id;
};

/// Greater than every entry's id.
inline constexpr int64_t kNewest = std::numeric_limits<int64_t>::max();

/// The line that says how @p checkbox is after @p kind.
inline HistoryEntry MakeHistoryEntry(const Checkbox& checkbox, HistoryKind kind,
                                     const Change& change, const std::string& event_id = "") {
  return {0,      checkbox.name, kind, checkbox.version, checkbox.desired, checkbox.reported,
          change, event_id};
}

}  // namespace chatwire::mqtt

#endif  // CHATWIRE_MQTT_SERVICE_DOMAIN_HISTORY_H_
