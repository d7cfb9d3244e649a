#ifndef CHATWIRE_MQTT_SERVICE_DOMAIN_CHECKBOX_H_
#define CHATWIRE_MQTT_SERVICE_DOMAIN_CHECKBOX_H_

#include <cstdint>
#include <string>

#include "absl/time/time.h"
#include "mqtt-service/domain/checkbox_config.h"

namespace chatwire::mqtt {

/// The domain of every ErrorInfo of this service.
inline constexpr char kErrorDomain[] = "mqtt.chatwire";

/// What a checkbox is, or is wanted to be. The numbers are stored.
enum class SwitchState { kUnknown = 0, kOff = 1, kOn = 2 };

/// What somebody wants done. The numbers are those of the API.
enum class SwitchAction { kOff = 1, kOn = 2, kToggle = 3 };

/// Through what a change came. The numbers are stored.
enum class ChangeSource {
  kNone = 0,
  kChat = 1,
  kRpc = 2,
  kMqtt = 3,
  kDevice = 4,
  kExpiry = 5,
  kPanel = 6,
  kForm = 7,
};

/// Whether the device is there. The numbers are stored.
enum class Availability { kUnknown = 0, kOnline = 1, kOffline = 2 };

/// Who changed a checkbox, through what, and when.
struct Change {
  ChangeSource source = ChangeSource::kNone;
  /// Bare JID for a chat message (where a room hides it, room/nick) or a form, label of the API
  /// token for an RPC, what a controller or a panel says of itself; else empty.
  std::string actor;
  absl::Time time;
};

/// One named checkbox: what is wanted, what its device said, and whether the two agree.
struct Checkbox : CheckboxConfig {
  SwitchState desired = SwitchState::kUnknown;
  SwitchState reported = SwitchState::kUnknown;
  /// Grows by one with every command and every other change of the desired state; goes on after
  /// delete and re-create, so that a stale writer stays detectable.
  int64_t version = 0;
  Availability availability = Availability::kUnknown;
  Change last_change;
  /// When the device last reported; InfinitePast: never.
  absl::Time report_time = absl::InfinitePast();
  absl::Time create_time;
  /// Id of the newest command that the device has not answered. Empty: none.
  std::string pending_command;
  /// Deleted; the row is kept for its version number and for watchers.
  bool deleted = false;
  /// Position of its last change in the order of all changes of the store; set by the store.
  int64_t change_sequence = 0;
};

/// `on`, `off` or `unknown`, for people.
const char* StateWord(SwitchState state);

/// The state that @p action leads to from @p checkbox: a toggle is the opposite of what is wanted
/// now, of what is reported where nothing is wanted, and `on` where neither is known.
SwitchState ResolveAction(SwitchAction action, const Checkbox& checkbox);

}  // namespace chatwire::mqtt

#endif  // CHATWIRE_MQTT_SERVICE_DOMAIN_CHECKBOX_H_
