#include "mqtt-service/domain/phrase_maker.h"

#include "absl/strings/str_cat.h"

namespace chatwire::mqtt {
namespace {

constexpr auto kOn = SwitchAction::kOn;
constexpr auto kOff = SwitchAction::kOff;
constexpr auto kToggle = SwitchAction::kToggle;

/// With one blank in between, where both are something.
std::string Join(const std::string& one, const std::string& other) {
  return absl::StrCat(one, one.empty() || other.empty() ? "" : " ", other);
}

/// @p words, and the case that there is none.
std::vector<std::string> OrNone(std::vector<std::string> words) {
  words.emplace_back();
  return words;
}

}  // namespace

void PhraseMaker::Make() {
  Alone(WordUse::kList, Intent::kList);
  Alone(WordUse::kHelp, Intent::kHelp);
  Verbs(WordUse::kOn, Intent::kSet, kOn);
  Verbs(WordUse::kOff, Intent::kSet, kOff);
  Verbs(WordUse::kToggle, Intent::kSet, kToggle);
  States(WordUse::kOnAfter, kOn);
  States(WordUse::kOffAfter, kOff);
  for (const std::string& state : words_.Words(WordUse::kToggleAfter)) {
    Add("", state, {Intent::kSet, kToggle, state});
  }
  Verbs(WordUse::kHistory, Intent::kHistory, kOff);
  Verbs(WordUse::kWatch, Intent::kWatch, kOff);
  Verbs(WordUse::kUnwatch, Intent::kUnwatch, kOff);
  All(WordUse::kOn, WordUse::kOnAfter, kOn);
  All(WordUse::kOff, WordUse::kOffAfter, kOff);
  SplitVerbs(WordUse::kOnAfter, kOn);
  SplitVerbs(WordUse::kOffAfter, kOff);
  for (const std::string& verb : words_.Words(WordUse::kUnwatch)) {
    for (const std::string& all : words_.Words(WordUse::kAll)) {
      Add(Join(verb, all), "", {Intent::kUnwatchAll, kOff, verb});
    }
  }
}

void PhraseMaker::Add(const std::string& before, const std::string& after, const Wish& wish) {
  if (phrases_.size() >= kMostPhrases) return;
  Phrase phrase{before, after, wish.intent, wish.action, words_.answers};
  phrase.tag = words_.tag;
  phrase.word = wish.word;
  if (wish.intent == Intent::kHelp) phrase.help = words_.help;
  phrases_.push_back(std::move(phrase));
}

void PhraseMaker::Alone(WordUse use, Intent intent) {
  for (const std::string& word : words_.Words(use)) Add(word, "", {intent, kOff, word});
}

/// `VERB NAME` and `VERB the NAME`.
void PhraseMaker::Verbs(WordUse use, Intent intent, SwitchAction action) {
  for (const std::string& verb : words_.Words(use)) {
    for (const std::string& article : OrNone(words_.Words(WordUse::kArticle))) {
      Add(Join(verb, article), "", {intent, action, verb});
    }
  }
}

/// `NAME on`, `the NAME on`, and their questions.
void PhraseMaker::States(WordUse use, SwitchAction action) {
  for (const std::string& state : words_.Words(use)) {
    for (const std::string& article : OrNone(words_.Words(WordUse::kArticle))) {
      Add(article, state, {Intent::kSet, action, state});
      Questions(article, {Intent::kQuery, action, state});
    }
  }
}

/// `NAME on?`, `is the NAME on?`, `the NAME is on?`, `is on the NAME?`.
void PhraseMaker::Questions(const std::string& article, const Wish& wish) {
  const std::string asked = Join(wish.word, "?");
  Add(article, asked, wish);
  for (const std::string& is : words_.Words(WordUse::kIs)) {
    Add(Join(is, article), asked, wish);
    Add(article, Join(is, asked), wish);
    Add(Join(Join(is, wish.word), article), "?", wish);
  }
}

/// `turn off all`, `all off`; `turn off all in the kitchen`, `all kitchen off`.
void PhraseMaker::All(WordUse verbs, WordUse states, SwitchAction action) {
  for (const std::string& all : words_.Words(WordUse::kAll)) {
    for (const std::string& verb : words_.Words(verbs)) {
      Add(Join(verb, all), "", {Intent::kSetAll, action, verb});
      for (const std::string& link : OrNone(words_.Words(WordUse::kIn))) {
        Add(Join(verb, Join(all, link)), "", {Intent::kSetLabel, action, verb});
      }
    }
    for (const std::string& state : words_.Words(states)) {
      Add(Join(all, state), "", {Intent::kSetAll, action, state});
      for (const std::string& link : OrNone(words_.Words(WordUse::kIn))) {
        Add(Join(all, link), state, {Intent::kSetLabel, action, state});
      }
    }
  }
}

/// `turn the lamp on`, `turn everything off`, `turn all in the kitchen off`.
void PhraseMaker::SplitVerbs(WordUse states, SwitchAction action) {
  for (const std::string& verb : words_.Words(WordUse::kTurn)) {
    for (const std::string& state : words_.Words(states)) {
      const std::string word = absl::StrCat(verb, " ... ", state);
      for (const std::string& article : OrNone(words_.Words(WordUse::kArticle))) {
        Add(Join(verb, article), state, {Intent::kSet, action, word});
      }
      for (const std::string& all : words_.Words(WordUse::kAll)) {
        Add(Join(Join(verb, all), state), "", {Intent::kSetAll, action, word});
        for (const std::string& link : OrNone(words_.Words(WordUse::kIn))) {
          Add(Join(verb, Join(all, link)), state, {Intent::kSetLabel, action, word});
        }
      }
    }
  }
}

}  // namespace chatwire::mqtt
