#include "mqtt-service/domain/checkbox.h"

namespace chatwire::mqtt {

const char* StateWord(SwitchState state) {
  switch (state) {
    case SwitchState::kOn:
      return "on";
    case SwitchState::kOff:
      return "off";
    case SwitchState::kUnknown:
      break;
  }
  return "unknown";
}

SwitchState ResolveAction(SwitchAction action, const Checkbox& checkbox) {
  if (action == SwitchAction::kOn) return SwitchState::kOn;
  if (action == SwitchAction::kOff) return SwitchState::kOff;
  const SwitchState now =
      checkbox.desired != SwitchState::kUnknown ? checkbox.desired : checkbox.reported;
  return now == SwitchState::kOn ? SwitchState::kOff : SwitchState::kOn;
}

}  // namespace chatwire::mqtt
