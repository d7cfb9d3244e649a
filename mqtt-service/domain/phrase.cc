#include "mqtt-service/domain/phrase.h"

#include <algorithm>
#include <tuple>

#include "absl/strings/str_cat.h"

namespace chatwire::mqtt {
namespace {

using Words = std::vector<const char*>;

constexpr auto kOn = SwitchAction::kOn;
constexpr auto kOff = SwitchAction::kOff;
constexpr auto kToggle = SwitchAction::kToggle;

/// What a language's words are; the phrases follow from them.
struct Vocabulary {
  Language language;
  Words articles;
  /// `turn on NAME`.
  Words on_verbs, off_verbs, toggle_verbs;
  /// `NAME on`, and with a question mark behind, the question whether it is.
  Words on_states, off_states, toggle_states;
  /// `is NAME on?`; `NAME is on?`.
  Words is_words;
  /// `all`.
  Words all_words;
  /// What may stand between `all` and a label: `all in the kitchen`.
  Words group_words;
  Words list_phrases, help_phrases;
  /// `history NAME`, `history of NAME`.
  Words history_words, watch_verbs, unwatch_verbs;
};

const std::vector<Vocabulary>& Vocabularies() {
  static const auto* const kVocabularies = new std::vector<Vocabulary>{
      {Language::kEnglish,
       {"the"},
       {"turn on", "switch on"},
       {"turn off", "switch off"},
       {"toggle"},
       {"on"},
       {"off"},
       {"toggle"},
       {"is"},
       {"all", "everything"},
       {"", "the", "in", "in the", "of the"},
       {"list", "list all"},
       {"help"},
       {"history", "history of"},
       {"watch"},
       {"unwatch", "stop watching"}},
      {Language::kPortuguese,
       {"o", "a", "os", "as"},
       {"ligar", "liga", "ligue", "acender", "acende", "acenda", "ativar", "ative"},
       {"desligar", "desliga", "desligue", "apagar", "apaga", "apague", "desativar", "desative"},
       {"alternar", "alterna", "alterne"},
       {"ligado", "ligada", "aceso", "acesa"},
       {"desligado", "desligada", "apagado", "apagada"},
       {"alternar"},
       {"esta"},
       {"tudo", "todos", "todas"},
       {"", "os", "as", "na", "no", "nas", "nos", "em", "da", "do", "de"},
       {"lista", "listar"},
       {"ajuda"},
       {"historico", "historico de", "historico do", "historico da"},
       {"vigiar", "acompanhar", "seguir"},
       {"nao vigiar", "parar de vigiar", "deixar de vigiar", "deixar de acompanhar",
        "deixar de seguir"}},
      {Language::kSpanish,
       {"el", "la", "los", "las"},
       {"encender", "enciende", "encienda", "prender", "prende", "prenda", "activar", "activa"},
       {"apagar", "apaga", "apague", "desactivar", "desactiva"},
       {"alternar", "alterna", "alterne", "cambiar", "cambia"},
       {"encendido", "encendida"},
       {"apagado", "apagada"},
       {"alternar"},
       {"esta"},
       {"todo", "todos", "todas"},
       {"", "los", "las", "en", "en la", "en el", "de", "de la", "del"},
       {"lista", "listar"},
       {"ayuda"},
       {"historial", "historial de", "historial del"},
       {"vigilar", "seguir"},
       {"no vigilar", "dejar de vigilar", "deja de vigilar", "dejar de seguir"}},
  };
  return *kVocabularies;
}

/// Makes the phrases of one language.
class PhraseMaker {
 public:
  PhraseMaker(const Vocabulary& words, std::vector<Phrase>& phrases)
      : words_(words), phrases_(phrases) {}

  void Make() {
    for (const char* phrase : words_.list_phrases) Add(phrase, "", Intent::kList, kOff);
    for (const char* phrase : words_.help_phrases) Add(phrase, "", Intent::kHelp, kOff);
    Verbs(words_.on_verbs, Intent::kSet, kOn);
    Verbs(words_.off_verbs, Intent::kSet, kOff);
    Verbs(words_.toggle_verbs, Intent::kSet, kToggle);
    States(words_.on_states, kOn);
    States(words_.off_states, kOff);
    for (const char* state : words_.toggle_states) Add("", state, Intent::kSet, kToggle);
    Verbs(words_.history_words, Intent::kHistory, kOff);
    Verbs(words_.watch_verbs, Intent::kWatch, kOff);
    Verbs(words_.unwatch_verbs, Intent::kUnwatch, kOff);
    All(words_.on_verbs, words_.on_states, kOn);
    All(words_.off_verbs, words_.off_states, kOff);
    for (const char* verb : words_.unwatch_verbs) {
      for (const char* all : words_.all_words) {
        Add(absl::StrCat(verb, " ", all), "", Intent::kUnwatchAll, kOff);
      }
    }
  }

 private:
  void Add(const std::string& before, const std::string& after, Intent intent,
           SwitchAction action) {
    phrases_.push_back({before, after, intent, action, words_.language});
  }

  /// `VERB NAME` and `VERB the NAME`.
  void Verbs(const Words& verbs, Intent intent, SwitchAction action) {
    for (const char* verb : verbs) {
      Add(verb, "", intent, action);
      for (const char* article : words_.articles) {
        Add(absl::StrCat(verb, " ", article), "", intent, action);
      }
    }
  }

  /// `NAME on`, `the NAME on`, `is the NAME on?`, `the NAME is on?`, `is on the NAME?`, `NAME on?`.
  void States(const Words& states, SwitchAction action) {
    Words articles = words_.articles;
    articles.push_back("");
    for (const char* state : states) {
      const std::string asked = absl::StrCat(state, " ?");
      for (const std::string article : articles) {
        Add(article, state, Intent::kSet, action);
        Add(article, asked, Intent::kQuery, action);
        for (const std::string is : words_.is_words) {
          Add(article.empty() ? is : absl::StrCat(is, " ", article), asked, Intent::kQuery, action);
          Add(article, absl::StrCat(is, " ", asked), Intent::kQuery, action);
          Add(absl::StrCat(is, " ", state, article.empty() ? "" : " ", article), "?",
              Intent::kQuery, action);
        }
      }
    }
  }

  /// `turn off all`, `all off`; `turn off all in the kitchen`, `all kitchen off`.
  void All(const Words& verbs, const Words& states, SwitchAction action) {
    for (const std::string all : words_.all_words) {
      for (const char* verb : verbs) {
        Add(absl::StrCat(verb, " ", all), "", Intent::kSetAll, action);
      }
      for (const char* state : states) {
        Add(absl::StrCat(all, " ", state), "", Intent::kSetAll, action);
      }
      for (const std::string link : words_.group_words) {
        const std::string group = link.empty() ? all : absl::StrCat(all, " ", link);
        for (const char* verb : verbs) {
          Add(absl::StrCat(verb, " ", group), "", Intent::kSetLabel, action);
        }
        for (const char* state : states) Add(group, state, Intent::kSetLabel, action);
      }
    }
  }

  const Vocabulary& words_;
  std::vector<Phrase>& phrases_;
};

/// `turn the lamp on`, `turn everything off`: English only.
void AddSplitVerbs(std::vector<Phrase>& phrases) {
  for (const std::string verb : {"turn", "switch"}) {
    for (const auto& [state, action] : {std::pair{"on", kOn}, std::pair{"off", kOff}}) {
      phrases.push_back({verb, state, Intent::kSet, action});
      phrases.push_back({verb + " the", state, Intent::kSet, action});
      for (const char* all : {"all", "everything"}) {
        phrases.push_back({absl::StrCat(verb, " ", all, " ", state), "", Intent::kSetAll, action});
        for (const char* link : {"", " the", " in", " in the"}) {
          phrases.push_back({absl::StrCat(verb, " ", all, link), state, Intent::kSetLabel, action});
        }
      }
    }
  }
}

auto KeyOf(const Phrase& phrase) {
  return std::tuple(-static_cast<int64_t>(phrase.before.size() + phrase.after.size()),
                    phrase.before, phrase.after, phrase.TakesName());
}

std::vector<Phrase>* MakePhrases() {
  auto* phrases = new std::vector<Phrase>{
      {"?", "", Intent::kHelp, kOff, Language::kEnglish, LanguageCertainty::kNone},
      {"", "?", Intent::kQuery, kOff, Language::kEnglish, LanguageCertainty::kNone},
  };
  AddSplitVerbs(*phrases);
  for (const Vocabulary& words : Vocabularies()) PhraseMaker(words, *phrases).Make();
  std::stable_sort(phrases->begin(), phrases->end(),
                   [](const Phrase& a, const Phrase& b) { return KeyOf(a) < KeyOf(b); });
  std::vector<Phrase> unique;
  for (Phrase& phrase : *phrases) {
    if (!unique.empty() && KeyOf(unique.back()) == KeyOf(phrase)) {
      if (unique.back().language != phrase.language) {
        unique.back().certainty = LanguageCertainty::kIberian;
      }
    } else {
      unique.push_back(std::move(phrase));
    }
  }
  phrases->swap(unique);
  return phrases;
}

}  // namespace

const std::vector<Phrase>& Phrases() {
  static const auto* const kPhrases = MakePhrases();
  return *kPhrases;
}

}  // namespace chatwire::mqtt
