#ifndef CHATWIRE_MQTT_SERVICE_DOMAIN_LANGUAGE_H_
#define CHATWIRE_MQTT_SERVICE_DOMAIN_LANGUAGE_H_

#include <string>

#include "absl/strings/string_view.h"

namespace chatwire::mqtt {

/// In which the chat is spoken. The numbers are stored.
enum class Language { kEnglish = 0, kPortuguese = 1, kSpanish = 2 };

/// How well words tell the language.
enum class LanguageCertainty {
  /// `lamp?` is said everywhere.
  kNone,
  /// Portuguese or Spanish: `apagar lamp`.
  kIberian,
  kSure,
};

/// The one of the three texts that is in @p language.
template <typename T>
const T& In(Language language, const T& english, const T& portuguese, const T& spanish) {
  if (language == Language::kPortuguese) return portuguese;
  return language == Language::kSpanish ? spanish : english;
}

/// @p text as people mean it when they type in a hurry: lower case, and without the accents of
/// Latin letters (U+00C0 to U+00FF, or typed apart), so that "LÂMPADA" is "lampada".
std::string Fold(absl::string_view text);

}  // namespace chatwire::mqtt

#endif  // CHATWIRE_MQTT_SERVICE_DOMAIN_LANGUAGE_H_
