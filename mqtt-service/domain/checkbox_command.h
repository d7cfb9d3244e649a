#ifndef CHATWIRE_MQTT_SERVICE_DOMAIN_CHECKBOX_COMMAND_H_
#define CHATWIRE_MQTT_SERVICE_DOMAIN_CHECKBOX_COMMAND_H_

#include <string>

#include "mqtt-service/domain/checkbox.h"

namespace chatwire::mqtt {

/// What a chat text asks for.
enum class Intent { kNotUnderstood, kSet, kQuery, kList, kHelp };

/// A chat text, understood.
struct CheckboxCommand {
  Intent intent = Intent::kNotUnderstood;
  /// For kSet.
  SwitchAction action = SwitchAction::kOff;
  /// For kSet and kQuery: the words that should name a checkbox, lower case, single blanks.
  std::string target;
};

/// Understands @p text: `NAME on|off|toggle|?`, `turn on the NAME`, `toggle NAME`, `list`, `help`
/// and their like, without regard to case, spacing, and a full stop at the end. The phrases are a
/// table (phrase.h).
CheckboxCommand ParseCheckboxCommand(const std::string& text);

}  // namespace chatwire::mqtt

#endif  // CHATWIRE_MQTT_SERVICE_DOMAIN_CHECKBOX_COMMAND_H_
