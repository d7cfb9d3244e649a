#include "mqtt-service/domain/checkbox_command.h"

#include <optional>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "mqtt-service/domain/phrase.h"

namespace chatwire::mqtt {
namespace {

/// Lower case, single blanks, no full stop or exclamation mark at the end, question marks as a
/// word.
std::string Normalise(const std::string& text) {
  std::string words = absl::AsciiStrToLower(text);
  absl::RemoveExtraAsciiWhitespace(&words);
  bool question = false;
  while (!words.empty() && (words.back() == '.' || words.back() == '!' || words.back() == '?' ||
                            words.back() == ' ')) {
    question = question || words.back() == '?';
    words.pop_back();
  }
  if (question) absl::StrAppend(&words, words.empty() ? "?" : " ?");
  for (char& c : words) {
    if (c == '\n' || c == '\t' || c == '\r') c = ' ';
  }
  return words;
}

/// The name between the phrase's words; nothing where @p words are not the phrase.
std::optional<std::string> NameIn(const std::string& words, const Phrase& phrase) {
  absl::string_view rest = words;
  if (!phrase.before.empty() && !absl::ConsumePrefix(&rest, absl::StrCat(phrase.before, " "))) {
    return std::nullopt;
  }
  if (!phrase.after.empty() && !absl::ConsumeSuffix(&rest, absl::StrCat(" ", phrase.after))) {
    return std::nullopt;
  }
  if (rest.empty()) return std::nullopt;
  return std::string(rest);
}

}  // namespace

CheckboxCommand ParseCheckboxCommand(const std::string& text) {
  const std::string words = Normalise(text);
  for (const Phrase& phrase : EnglishPhrases()) {
    if (!phrase.TakesName()) {
      if (words == phrase.before) return {phrase.intent, phrase.action, ""};
      continue;
    }
    auto name = NameIn(words, phrase);
    if (name.has_value()) return {phrase.intent, phrase.action, *std::move(name)};
  }
  return {};
}

}  // namespace chatwire::mqtt
