#include "mqtt-service/domain/checkbox_command.h"

#include <optional>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/strip.h"
#include "mqtt-service/domain/phrase.h"
#include "mqtt-service/domain/phrasebook.h"

namespace chatwire::mqtt {
namespace {

/// Every quotation mark that a keyboard or a phone makes of one, as `"`.
std::string PlainQuotes(absl::string_view text) {
  return absl::StrReplaceAll(text,
                             {{"“", "\""}, {"”", "\""}, {"„", "\""}, {"«", "\""}, {"»", "\""}});
}

bool EndsSentence(char c) { return c == '.' || c == '!' || c == '?' || c == ' '; }

/// Folded, single blanks, no full stop or exclamation mark at the end, question marks as a word.
std::string Normalise(absl::string_view text) {
  std::string words = absl::StrReplaceAll(Fold(text), {{"¿", ""}, {"¡", ""}});
  for (char& c : words) {
    if (c == '\n' || c == '\t' || c == '\r') c = ' ';
  }
  absl::RemoveExtraAsciiWhitespace(&words);
  bool question = false;
  while (!words.empty() && EndsSentence(words.back())) {
    question = question || words.back() == '?';
    words.pop_back();
  }
  if (question) absl::StrAppend(&words, words.empty() ? "?" : " ?");
  return words;
}

/// The name between the phrase's words; nothing where @p words are not the phrase.
std::optional<std::string> NameIn(absl::string_view words, const Phrase& phrase) {
  absl::string_view rest = words;
  if (!phrase.before.empty() &&
      (!absl::ConsumePrefix(&rest, phrase.before) || !absl::ConsumePrefix(&rest, " "))) {
    return std::nullopt;
  }
  if (!phrase.after.empty() &&
      (!absl::ConsumeSuffix(&rest, phrase.after) || !absl::ConsumeSuffix(&rest, " "))) {
    return std::nullopt;
  }
  if (rest.size() > 2 && rest.front() == '"' && rest.back() == '"') {
    rest = absl::StripAsciiWhitespace(rest.substr(1, rest.size() - 2));
  }
  if (rest.empty() || rest.find('"') != absl::string_view::npos) return std::nullopt;
  return std::string(rest);
}

CheckboxCommand Understood(const Phrase& phrase, std::string target) {
  return {phrase.intent,   phrase.action,    std::move(target),
          phrase.language, phrase.certainty, phrase.help};
}

CheckboxCommand ParseOne(absl::string_view text, const Phrasebook& book) {
  const std::string words = Normalise(text);
  for (const Phrase& phrase : book.phrases()) {
    if (!phrase.TakesName()) {
      if (words == phrase.before) return Understood(phrase, "");
      continue;
    }
    auto name = NameIn(words, phrase);
    if (name.has_value()) return Understood(phrase, *std::move(name));
  }
  return {};
}

/// The length of the one of @p conjunctions that @p text begins with, and of the blank behind it.
size_t ConjunctionAt(absl::string_view text, const std::vector<std::string>& conjunctions) {
  for (const std::string& word : conjunctions) {
    if (text.size() > word.size() && text[word.size()] == ' ' &&
        absl::StartsWithIgnoreCase(text, word)) {
      return word.size() + 1;
    }
  }
  return 0;
}

/// Where a part ends that begins at @p at: its length, and that of what separates it from the next.
std::pair<size_t, size_t> PartAt(absl::string_view text, size_t at,
                                 const std::vector<std::string>& conjunctions) {
  bool quoted = false;
  for (size_t i = at; i < text.size(); ++i) {
    if (text[i] == '"') quoted = !quoted;
    if (quoted) continue;
    if (text[i] == ',' || text[i] == ';' || text[i] == '\n') return {i - at, 1};
    if (text[i] != ' ') continue;
    const size_t word = ConjunctionAt(text.substr(i + 1), conjunctions);
    if (word > 0) return {i - at, word + 1};
  }
  return {text.size() - at, 0};
}

std::vector<CheckboxCommand> ParseParts(absl::string_view text, const Phrasebook& book,
                                        bool at_conjunctions) {
  const std::vector<std::string> none;
  const std::vector<std::string>& conjunctions = at_conjunctions ? book.conjunctions() : none;
  std::vector<CheckboxCommand> commands;
  size_t at = 0;
  while (at <= text.size()) {
    const auto [length, separator] = PartAt(text, at, conjunctions);
    absl::string_view part = absl::StripAsciiWhitespace(text.substr(at, length));
    // "lamp on, and fan off": the comma has separated them already.
    if (at > 0) part.remove_prefix(ConjunctionAt(part, book.conjunctions()));
    if (!part.empty()) commands.push_back(ParseOne(part, book));
    if (separator == 0) break;
    at += length + separator;
  }
  return commands;
}

bool AllUnderstood(const std::vector<CheckboxCommand>& commands) {
  if (commands.empty() || commands.size() > kMostCommands) return false;
  for (const CheckboxCommand& command : commands) {
    if (command.intent == Intent::kNotUnderstood) return false;
  }
  return true;
}

/// "lampada?, ligar ventilador": the part that tells the language tells it for all.
void AgreeOnLanguage(std::vector<CheckboxCommand>& commands) {
  CheckboxCommand best = commands.front();
  for (const CheckboxCommand& command : commands) {
    if (command.certainty > best.certainty) best = command;
  }
  for (CheckboxCommand& command : commands) {
    command.language = best.language;
    command.certainty = best.certainty;
  }
}

/// @p name without an article and a conjunction in front.
std::string BareName(absl::string_view name, const Phrasebook& book) {
  name.remove_prefix(ConjunctionAt(name, book.conjunctions()));
  for (const std::string& article : book.articles()) {
    absl::string_view rest = name;
    if (absl::ConsumePrefix(&rest, article) && absl::ConsumePrefix(&rest, " ")) {
      return std::string(rest);
    }
  }
  return std::string(name);
}

}  // namespace

std::vector<std::string> NamesIn(const std::string& target, const Phrasebook& book) {
  std::vector<std::string> names;
  for (size_t at = 0; at <= target.size();) {
    const auto [length, separator] = PartAt(target, at, book.conjunctions());
    const absl::string_view part =
        absl::StripAsciiWhitespace(absl::string_view(target).substr(at, length));
    if (!part.empty()) names.push_back(BareName(part, book));
    if (separator == 0) break;
    at += length + separator;
  }
  return names.size() > 1 ? names : std::vector<std::string>();
}

std::vector<CheckboxCommand> ParseCheckboxCommands(const std::string& text,
                                                   const Phrasebook& book) {
  const std::string plain = PlainQuotes(text);
  const CheckboxCommand whole = ParseOne(plain, book);
  // "salt and pepper on" is no two commands, since "salt" is none.
  std::vector<CheckboxCommand> parts = ParseParts(plain, book, /*at_conjunctions=*/false);
  if (!AllUnderstood(parts) || parts.size() == 1) {
    std::vector<CheckboxCommand> more = ParseParts(plain, book, /*at_conjunctions=*/true);
    if (AllUnderstood(more) && more.size() > parts.size()) parts = std::move(more);
  }
  if (parts.size() > kMostCommands) return {CheckboxCommand()};
  if (parts.size() <= 1 || !AllUnderstood(parts)) return {whole};
  AgreeOnLanguage(parts);
  return parts;
}

}  // namespace chatwire::mqtt
