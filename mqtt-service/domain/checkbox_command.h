#ifndef CHATWIRE_MQTT_SERVICE_DOMAIN_CHECKBOX_COMMAND_H_
#define CHATWIRE_MQTT_SERVICE_DOMAIN_CHECKBOX_COMMAND_H_

#include <string>
#include <vector>

#include "mqtt-service/domain/checkbox.h"
#include "mqtt-service/domain/language.h"

namespace chatwire::mqtt {

/// What a chat text asks for.
enum class Intent {
  kNotUnderstood,
  kSet,
  kSetAll,
  /// All with a label.
  kSetLabel,
  kQuery,
  kList,
  kHistory,
  kWatch,
  kUnwatch,
  kUnwatchAll,
  kHelp,
};

/// One thing that a chat text asks for.
struct CheckboxCommand {
  Intent intent = Intent::kNotUnderstood;
  /// For kSet, kSetAll and kSetLabel.
  SwitchAction action = SwitchAction::kOff;
  /// Where a checkbox is meant: the words that should name it, folded (see Fold), single blanks.
  std::string target;
  /// In which it was said, as far as the words tell.
  Language language = Language::kEnglish;
  LanguageCertainty certainty = LanguageCertainty::kNone;
  /// For kHelp: what is to be answered. Empty: the usual text.
  std::string help = {};
};

class Phrasebook;

/// Most things that one text may ask for.
inline constexpr size_t kMostCommands = 10;

/// Understands @p text with the words of @p book, which are English, Portuguese and Spanish where
/// nobody says something else: `NAME on|off|toggle|?`, `turn on the
/// NAME`, `ligar NAME`, `enciende la NAME`, `all off`, `all kitchen off`, `list`, `history NAME`,
/// `watch NAME`, `help` and their like, without regard to case, accents, spacing, and a full stop
/// at the end. A name may be quoted. Several may follow each other, with commas, semicolons, line
/// ends, `and`, `e`, `y` between.
///
/// Never empty. One part that is not understood makes the whole text so, and nothing is done.
std::vector<CheckboxCommand> ParseCheckboxCommands(const std::string& text, const Phrasebook& book);

/// The names in @p target, where it can be several: "lamp and the fan", "lamp, fan". Empty where
/// it can only be one.
std::vector<std::string> NamesIn(const std::string& target, const Phrasebook& book);

}  // namespace chatwire::mqtt

#endif  // CHATWIRE_MQTT_SERVICE_DOMAIN_CHECKBOX_COMMAND_H_
