#include "mqtt-service/domain/phrase.h"

namespace chatwire::mqtt {

const std::vector<Phrase>& EnglishPhrases() {
  constexpr auto kOn = SwitchAction::kOn;
  constexpr auto kOff = SwitchAction::kOff;
  constexpr auto kToggle = SwitchAction::kToggle;
  static const auto* const kPhrases = new std::vector<Phrase>{
      {"list", "", Intent::kList, kOff},
      {"list all", "", Intent::kList, kOff},
      {"help", "", Intent::kHelp, kOff},
      {"?", "", Intent::kHelp, kOff},
      {"turn on the", "", Intent::kSet, kOn},
      {"turn on", "", Intent::kSet, kOn},
      {"turn off the", "", Intent::kSet, kOff},
      {"turn off", "", Intent::kSet, kOff},
      {"turn the", "on", Intent::kSet, kOn},
      {"turn the", "off", Intent::kSet, kOff},
      {"turn", "on", Intent::kSet, kOn},
      {"turn", "off", Intent::kSet, kOff},
      {"switch on the", "", Intent::kSet, kOn},
      {"switch on", "", Intent::kSet, kOn},
      {"switch off the", "", Intent::kSet, kOff},
      {"switch off", "", Intent::kSet, kOff},
      {"switch the", "on", Intent::kSet, kOn},
      {"switch the", "off", Intent::kSet, kOff},
      {"switch", "on", Intent::kSet, kOn},
      {"switch", "off", Intent::kSet, kOff},
      {"toggle the", "", Intent::kSet, kToggle},
      {"toggle", "", Intent::kSet, kToggle},
      {"is the", "on ?", Intent::kQuery, kOn},
      {"is the", "off ?", Intent::kQuery, kOff},
      {"is", "on ?", Intent::kQuery, kOn},
      {"is", "off ?", Intent::kQuery, kOff},
      {"the", "on", Intent::kSet, kOn},
      {"the", "off", Intent::kSet, kOff},
      {"", "on", Intent::kSet, kOn},
      {"", "off", Intent::kSet, kOff},
      {"", "toggle", Intent::kSet, kToggle},
      {"", "?", Intent::kQuery, kOff},
  };
  return *kPhrases;
}

}  // namespace chatwire::mqtt
