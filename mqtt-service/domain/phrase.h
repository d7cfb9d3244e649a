#ifndef CHATWIRE_MQTT_SERVICE_DOMAIN_PHRASE_H_
#define CHATWIRE_MQTT_SERVICE_DOMAIN_PHRASE_H_

#include <string>

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
  /// The vocabulary that it comes from, and its word that says what is wanted.
  std::string tag = {};
  std::string word = {};
  /// For kHelp: what is answered. Empty: the usual text.
  std::string help = {};

  /// Whether a name belongs in between. Without one, the words are `before` alone.
  bool TakesName() const {
    return intent == Intent::kSet || intent == Intent::kSetLabel || intent == Intent::kQuery ||
           intent == Intent::kHistory || intent == Intent::kWatch || intent == Intent::kUnwatch;
  }
};

}  // namespace chatwire::mqtt

#endif  // CHATWIRE_MQTT_SERVICE_DOMAIN_PHRASE_H_
