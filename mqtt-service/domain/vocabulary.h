#ifndef CHATWIRE_MQTT_SERVICE_DOMAIN_VOCABULARY_H_
#define CHATWIRE_MQTT_SERVICE_DOMAIN_VOCABULARY_H_

#include <array>
#include <map>
#include <string>
#include <vector>

#include "mqtt-service/domain/language.h"

namespace chatwire::mqtt {

/// What a word is for.
enum class WordUse {
  /// `the`, in front of a name.
  kArticle,
  /// `turn on NAME`.
  kOn,
  kOff,
  kToggle,
  /// `NAME on`; with a question mark behind, the question whether it is.
  kOnAfter,
  kOffAfter,
  kToggleAfter,
  /// `turn NAME on`.
  kTurn,
  /// `is NAME on?`, `NAME is on?`.
  kIs,
  kAll,
  /// What may stand between `all` and a label: `all in the kitchen`.
  kIn,
  kList,
  kHelp,
  /// `history NAME`.
  kHistory,
  kWatch,
  kUnwatch,
  /// Between two commands.
  kAnd,
};

/// What each use is called by who writes words down.
struct WordUseName {
  const char* name;
  WordUse use;
};
inline constexpr std::array<WordUseName, 17> kWordUses = {{
    {"article", WordUse::kArticle},
    {"on", WordUse::kOn},
    {"off", WordUse::kOff},
    {"toggle", WordUse::kToggle},
    {"on_after", WordUse::kOnAfter},
    {"off_after", WordUse::kOffAfter},
    {"toggle_after", WordUse::kToggleAfter},
    {"turn", WordUse::kTurn},
    {"is", WordUse::kIs},
    {"all", WordUse::kAll},
    {"in", WordUse::kIn},
    {"list", WordUse::kList},
    {"help", WordUse::kHelp},
    {"history", WordUse::kHistory},
    {"watch", WordUse::kWatch},
    {"unwatch", WordUse::kUnwatch},
    {"and", WordUse::kAnd},
}};

/// The words of one language; what can be said follows from them.
struct Vocabulary {
  /// BCP 47 tag in lower case, such as `pt`.
  std::string tag;
  /// In which is answered what is said with these words.
  Language answers = Language::kEnglish;
  /// Folded (see Fold), single blanks.
  std::map<WordUse, std::vector<std::string>> words;
  /// What is answered to the words for help. Empty: the usual text.
  std::string help;

  const std::vector<std::string>& Words(WordUse use) const;
};

/// English, Portuguese and Spanish as they come.
const std::vector<Vocabulary>& BuiltInVocabularies();

}  // namespace chatwire::mqtt

#endif  // CHATWIRE_MQTT_SERVICE_DOMAIN_VOCABULARY_H_
