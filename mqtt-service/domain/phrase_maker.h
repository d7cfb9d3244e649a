#ifndef CHATWIRE_MQTT_SERVICE_DOMAIN_PHRASE_MAKER_H_
#define CHATWIRE_MQTT_SERVICE_DOMAIN_PHRASE_MAKER_H_

#include <cstddef>
#include <string>
#include <vector>

#include "mqtt-service/domain/phrase.h"
#include "mqtt-service/domain/vocabulary.h"

namespace chatwire::mqtt {

/// Every part of every text is compared with each of them.
inline constexpr size_t kMostPhrases = 50'000;

/// Makes what can be said out of one language's words: the grammar, which all languages share.
class PhraseMaker {
 public:
  /// Adds to @p phrases, until there are kMostPhrases. Both must outlive the maker.
  PhraseMaker(const Vocabulary& words, std::vector<Phrase>& phrases)
      : words_(words), phrases_(phrases) {}

  void Make();

 private:
  /// What a word wants.
  struct Wish {
    Intent intent = Intent::kNotUnderstood;
    SwitchAction action = SwitchAction::kOff;
    std::string word;
  };

  void Add(const std::string& before, const std::string& after, const Wish& wish);
  void Alone(WordUse use, Intent intent);
  void Verbs(WordUse use, Intent intent, SwitchAction action);
  void States(WordUse use, SwitchAction action);
  void Questions(const std::string& article, const Wish& wish);
  void All(WordUse verbs, WordUse states, SwitchAction action);
  void SplitVerbs(WordUse states, SwitchAction action);

  const Vocabulary& words_;
  std::vector<Phrase>& phrases_;
};

}  // namespace chatwire::mqtt

#endif  // CHATWIRE_MQTT_SERVICE_DOMAIN_PHRASE_MAKER_H_
