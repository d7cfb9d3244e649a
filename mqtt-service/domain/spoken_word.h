#ifndef CHATWIRE_MQTT_SERVICE_DOMAIN_SPOKEN_WORD_H_
#define CHATWIRE_MQTT_SERVICE_DOMAIN_SPOKEN_WORD_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "mqtt-service/domain/checkbox_config.h"

namespace chatwire::mqtt {

/// What a word is to a checkbox. The numbers are stored.
enum class WordKind { kName = 0, kAlias = 1, kTitle = 2, kLabel = 3 };

/// A word under which a checkbox, or a group of them, is found.
struct SpokenWord {
  WordKind kind;
  /// See SpokenKey.
  std::string key;
};

/// What is the same for all ways to say and type @p text: folded (see Fold), `-` and `_` as blanks,
/// no blank twice. Two words with one key are one word.
std::string SpokenKey(absl::string_view text);

/// The words of @p config.
std::vector<SpokenWord> WordsOf(const CheckboxConfig& config);

/// A new number when SpokenKey or WordsOf changes: then the stored words are made anew.
inline constexpr char kWordRules[] = "1";

}  // namespace chatwire::mqtt

#endif  // CHATWIRE_MQTT_SERVICE_DOMAIN_SPOKEN_WORD_H_
