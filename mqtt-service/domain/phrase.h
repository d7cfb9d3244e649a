#ifndef CHATWIRE_MQTT_SERVICE_DOMAIN_PHRASE_H_
#define CHATWIRE_MQTT_SERVICE_DOMAIN_PHRASE_H_

#include <string>
#include <vector>

#include "mqtt-service/domain/checkbox_command.h"

namespace chatwire::mqtt {

/// One way to say something: words before and after the name of a checkbox.
struct Phrase {
  /// Folded, single blanks; may be empty.
  std::string before;
  std::string after;
  Intent intent;
  SwitchAction action;
  Language language = Language::kEnglish;
  LanguageCertainty certainty = LanguageCertainty::kSure;

  /// Whether a name belongs in between. Without one, the words are `before` alone.
  bool TakesName() const {
    return intent == Intent::kSet || intent == Intent::kSetLabel || intent == Intent::kQuery ||
           intent == Intent::kHistory || intent == Intent::kWatch || intent == Intent::kUnwatch;
  }
};

/// The phrases of all languages. The first that fits wins, so the longer ones come first. One that
/// Portuguese and Spanish share is there once.
const std::vector<Phrase>& Phrases();

}  // namespace chatwire::mqtt

#endif  // CHATWIRE_MQTT_SERVICE_DOMAIN_PHRASE_H_
