#include "mqtt-service/domain/spoken_word.h"

#include "absl/strings/ascii.h"
#include "absl/strings/str_replace.h"
#include "mqtt-service/domain/language.h"

namespace chatwire::mqtt {

std::string SpokenKey(absl::string_view text) {
  std::string key = absl::StrReplaceAll(Fold(text), {{"-", " "}, {"_", " "}});
  absl::RemoveExtraAsciiWhitespace(&key);
  return key;
}

std::vector<SpokenWord> WordsOf(const CheckboxConfig& config) {
  std::vector<SpokenWord> words = {{WordKind::kName, SpokenKey(config.name)}};
  if (!config.title.empty()) words.push_back({WordKind::kTitle, SpokenKey(config.title)});
  for (const Alias& alias : config.aliases) {
    words.push_back({WordKind::kAlias, SpokenKey(alias.text)});
  }
  for (const std::string& label : config.labels) {
    words.push_back({WordKind::kLabel, SpokenKey(label)});
  }
  return words;
}

}  // namespace chatwire::mqtt
