#ifndef CHATWIRE_MQTT_SERVICE_DOMAIN_PHRASEBOOK_H_
#define CHATWIRE_MQTT_SERVICE_DOMAIN_PHRASEBOOK_H_

#include <map>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "mqtt-service/domain/phrase.h"
#include "mqtt-service/domain/vocabulary.h"

namespace chatwire::mqtt {

/// Everything that can be said to an account, in all languages.
class Phrasebook {
 public:
  /// That of BuiltInVocabularies.
  Phrasebook();

  /// Errors: INVALID_ARGUMENT with the words and languages where the same can be said for two
  /// things, or where there are too many ways to say something.
  static absl::StatusOr<Phrasebook> Make(const std::vector<Vocabulary>& vocabularies);

  /// The first that fits wins, so the longer ones come first. One that languages share is there
  /// once.
  const std::vector<Phrase>& phrases() const { return phrases_; }

  /// Words that may stand between two commands, in lower case.
  const std::vector<std::string>& conjunctions() const { return conjunctions_; }

  /// Words that may stand before a name.
  const std::vector<std::string>& articles() const { return articles_; }

  /// What is to be answered to the wish for help in @p language. Empty: the usual text.
  std::string HelpIn(Language language) const;

 private:
  explicit Phrasebook(std::vector<Phrase> phrases) : phrases_(std::move(phrases)) {}

  void AddWords(const std::vector<Vocabulary>& vocabularies);

  std::vector<Phrase> phrases_;
  std::vector<std::string> conjunctions_;
  std::vector<std::string> articles_;
  std::map<Language, std::string> help_;
};

}  // namespace chatwire::mqtt

#endif  // CHATWIRE_MQTT_SERVICE_DOMAIN_PHRASEBOOK_H_
