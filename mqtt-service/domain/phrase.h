#ifndef CHATWIRE_MQTT_SERVICE_DOMAIN_PHRASE_H_
#define CHATWIRE_MQTT_SERVICE_DOMAIN_PHRASE_H_

#include <string>
#include <vector>

#include "mqtt-service/domain/checkbox_command.h"

namespace chatwire::mqtt {

/// One way to say something: words before and after the name of a checkbox.
struct Phrase {
  /// Lower case, single blanks; may be empty.
  std::string before;
  std::string after;
  Intent intent;
  SwitchAction action;

  /// Whether a name belongs in between. Without one, the words are `before` alone.
  bool TakesName() const { return intent == Intent::kSet || intent == Intent::kQuery; }
};

/// The phrases of English. The first that fits wins, so longer ones come first. Another language is
/// another table.
const std::vector<Phrase>& EnglishPhrases();

}  // namespace chatwire::mqtt

#endif  // CHATWIRE_MQTT_SERVICE_DOMAIN_PHRASE_H_
