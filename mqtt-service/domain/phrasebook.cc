#include "mqtt-service/domain/phrasebook.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "absl/strings/str_cat.h"
#include "mqtt-service/domain/phrase_maker.h"

namespace chatwire::mqtt {
namespace {

auto KeyOf(const Phrase& phrase) {
  return std::tuple(-static_cast<int64_t>(phrase.before.size() + phrase.after.size()),
                    phrase.before, phrase.after, phrase.TakesName());
}

bool SameWish(const Phrase& a, const Phrase& b) {
  const bool sets =
      a.intent == Intent::kSet || a.intent == Intent::kSetAll || a.intent == Intent::kSetLabel;
  return a.intent == b.intent && (!sets || a.action == b.action);
}

const char* WishOf(const Phrase& phrase) {
  switch (phrase.intent) {
    case Intent::kSet:
    case Intent::kSetAll:
    case Intent::kSetLabel:
      if (phrase.action == SwitchAction::kToggle) return "toggle";
      return phrase.action == SwitchAction::kOn ? "on" : "off";
    case Intent::kQuery:
      return "is";
    case Intent::kList:
      return "list";
    case Intent::kHistory:
      return "history";
    case Intent::kWatch:
      return "watch";
    case Intent::kUnwatch:
    case Intent::kUnwatchAll:
      return "unwatch";
    case Intent::kHelp:
      return "help";
    case Intent::kNotUnderstood:
      break;
  }
  return "nothing";
}

/// What is to be typed.
std::string Said(const Phrase& phrase) {
  std::string said = phrase.before;
  if (phrase.TakesName()) absl::StrAppend(&said, said.empty() ? "" : " ", "NAME");
  if (!phrase.after.empty()) absl::StrAppend(&said, " ", phrase.after);
  return said;
}

absl::Status Conflict(const Phrase& a, const Phrase& b) {
  const auto meaning = [](const Phrase& phrase) {
    return absl::StrCat("in ", phrase.tag, " the word \"", phrase.word, "\" makes it mean ",
                        WishOf(phrase), phrase.intent == Intent::kSetAll ? " for all" : "",
                        phrase.intent == Intent::kSetLabel ? " for a group" : "");
  };
  return absl::InvalidArgumentError(
      absl::StrCat("\"", Said(a), "\" cannot mean two things: ", meaning(a), ", and ", meaning(b)));
}

/// Two languages have @p other: what does that tell about who says it?
void Share(const Phrase& other, Phrase& phrase) {
  if (other.language == phrase.language) return;
  const bool english =
      other.language == Language::kEnglish || phrase.language == Language::kEnglish;
  phrase.certainty = english || phrase.certainty == LanguageCertainty::kNone
                         ? LanguageCertainty::kNone
                         : LanguageCertainty::kIberian;
}

absl::StatusOr<std::vector<Phrase>> EachOnce(std::vector<Phrase> phrases) {
  std::stable_sort(phrases.begin(), phrases.end(),
                   [](const Phrase& a, const Phrase& b) { return KeyOf(a) < KeyOf(b); });
  std::vector<Phrase> unique;
  absl::Status conflict;
  size_t shortest = 0;
  for (Phrase& phrase : phrases) {
    if (unique.empty() || KeyOf(unique.back()) != KeyOf(phrase)) {
      unique.push_back(std::move(phrase));
    } else if (SameWish(unique.back(), phrase)) {
      Share(phrase, unique.back());
    } else if (const size_t size = phrase.before.size() + phrase.after.size();
               conflict.ok() || size < shortest) {
      // All that is made of a word is in conflict with it; the shortest tells it best.
      conflict = Conflict(unique.back(), phrase);
      shortest = size;
    }
  }
  if (!conflict.ok()) return conflict;
  return unique;
}

}  // namespace

Phrasebook::Phrasebook() : Phrasebook(*Make(BuiltInVocabularies())) {}

absl::StatusOr<Phrasebook> Phrasebook::Make(const std::vector<Vocabulary>& vocabularies) {
  std::vector<Phrase> phrases;
  for (const auto& [before, after, intent] :
       {std::tuple("?", "", Intent::kHelp), std::tuple("", "?", Intent::kQuery)}) {
    phrases.push_back(
        {before, after, intent, SwitchAction::kOff, Language::kEnglish, LanguageCertainty::kNone});
  }
  for (const Vocabulary& words : vocabularies) {
    PhraseMaker(words, phrases).Make();
    if (phrases.size() >= kMostPhrases) {
      return absl::InvalidArgumentError(absl::StrCat("there are more than ", kMostPhrases,
                                                     " ways to say something; use fewer words"));
    }
  }
  auto unique = EachOnce(std::move(phrases));
  if (!unique.ok()) return unique.status();
  Phrasebook book(*std::move(unique));
  book.AddWords(vocabularies);
  return book;
}

void Phrasebook::AddWords(const std::vector<Vocabulary>& vocabularies) {
  for (const Vocabulary& words : vocabularies) {
    const auto& ands = words.Words(WordUse::kAnd);
    conjunctions_.insert(conjunctions_.end(), ands.begin(), ands.end());
    const auto& articles = words.Words(WordUse::kArticle);
    articles_.insert(articles_.end(), articles.begin(), articles.end());
    // The first of a language is that language's own; others only answer in it.
    help_.emplace(words.answers, words.help);
  }
}

std::string Phrasebook::HelpIn(Language language) const {
  const auto found = help_.find(language);
  return found == help_.end() ? "" : found->second;
}

}  // namespace chatwire::mqtt
