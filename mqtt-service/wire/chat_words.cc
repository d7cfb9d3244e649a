#include "mqtt-service/wire/chat_words.h"

#include <algorithm>
#include <functional>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/secret_file.h"
#include "mqtt-service/domain/checkbox_config.h"
#include "mqtt-service/domain/utf8.h"
#include "mqtt-service/domain/vocabulary.h"

namespace chatwire::mqtt {
namespace {

using Json = nlohmann::ordered_json;

constexpr size_t kMostLanguages = 16;
constexpr size_t kMostWords = 64;
constexpr size_t kLongestHelp = 4096;

template <typename... Parts>
absl::Status Bad(const Parts&... parts) {
  return absl::InvalidArgumentError(absl::StrCat(parts...));
}

std::optional<WordUse> UseOf(const std::string& name) {
  const auto found = std::find_if(kWordUses.begin(), kWordUses.end(),
                                  [&](const WordUseName& use) { return use.name == name; });
  return found == kWordUses.end() ? std::nullopt : std::optional<WordUse>(found->use);
}

std::string UseNames() {
  return absl::StrJoin(kWordUses, ", ", [](std::string* out, const WordUseName& use) {
    absl::StrAppend(out, use.name);
  });
}

absl::StatusOr<std::vector<std::string>> ReadTexts(const std::string& where, const Json& json) {
  std::vector<std::string> texts;
  if (!json.is_array() || json.size() > kMostWords) {
    return Bad(where, " must be a list of at most ", kMostWords, " texts");
  }
  for (const Json& entry : json) {
    if (!entry.is_string())
      return Bad(where, " must be a list of texts; ", entry.dump(), " is none");
    texts.push_back(entry.get<std::string>());
  }
  return texts;
}

/// As people's texts are read, too. Words between two commands are found before that.
std::string Plain(WordUse use, const std::string& text) {
  return use == WordUse::kAnd ? absl::AsciiStrToLower(text) : Fold(text);
}

absl::Status ReadWords(const std::string& where, WordUse use, const Json& json,
                       Vocabulary& vocabulary) {
  const auto texts = ReadTexts(where, json);
  if (!texts.ok()) return texts.status();
  std::vector<std::string>& words = vocabulary.words[use];
  for (const std::string& text : *texts) {
    if (!IsWord(text)) {
      return Bad(where, ": \"", text,
                 "\" is no word: it must be 1 to 64 letters, digits, _, -, ' and single blanks in "
                 "between");
    }
    const std::string word = Plain(use, text);
    if (std::find(words.begin(), words.end(), word) == words.end()) words.push_back(word);
  }
  return absl::OkStatus();
}

/// Empties the lists that the file replaces: `true` for all of them, or some of them.
absl::Status Replace(const std::string& where, const Json& json, Vocabulary& vocabulary) {
  if (json.is_boolean()) {
    if (json.get<bool>()) vocabulary.words.clear();
    return absl::OkStatus();
  }
  const auto names = ReadTexts(where, json);
  if (!names.ok()) return Bad(where, " must be true, or a list of: ", UseNames());
  for (const std::string& name : *names) {
    const auto use = UseOf(name);
    if (!use.has_value())
      return Bad(where, ": there is no list ", name, "; there are ", UseNames());
    vocabulary.words.erase(*use);
  }
  return absl::OkStatus();
}

absl::Status ReadHelp(const std::string& where, const Json& json, Vocabulary& vocabulary) {
  if (json.is_string()) vocabulary.help = json.get<std::string>();
  const bool good = json.is_string() && vocabulary.help.size() <= kLongestHelp &&
                    IsValidUtf8(vocabulary.help) &&
                    std::none_of(vocabulary.help.begin(), vocabulary.help.end(), [](char c) {
                      return (static_cast<unsigned char>(c) < ' ' && c != '\n') || c == 0x7f;
                    });
  if (good) return absl::OkStatus();
  return Bad(where, " must be a text of at most ", kLongestHelp,
             " bytes, with no control characters but line ends");
}

/// The language of which @p tag is a variety, such as `pt-br`; English for what is not spoken here.
Language Nearest(const std::string& tag) {
  const std::string primary = tag.substr(0, tag.find('-'));
  for (const Vocabulary& spoken : BuiltInVocabularies()) {
    if (spoken.tag == primary) return spoken.answers;
  }
  return Language::kEnglish;
}

/// Of a language that the service does not speak.
absl::Status ReadAnswers(const std::string& where, const Json& json, bool built_in,
                         Vocabulary& vocabulary) {
  for (const Vocabulary& spoken : BuiltInVocabularies()) {
    if (built_in || json != spoken.tag) continue;
    vocabulary.answers = spoken.answers;
    return absl::OkStatus();
  }
  return Bad(where, built_in ? " cannot be said of a language in which answers are given"
                             : " must be en, pt or es");
}

absl::Status ReadEntry(const std::string& where, const std::string& key, const Json& json,
                       bool built_in, Vocabulary& vocabulary) {
  if (key == "replace") return absl::OkStatus();
  if (key == "help_text") return ReadHelp(where, json, vocabulary);
  if (key == "answers") return ReadAnswers(where, json, built_in, vocabulary);
  const auto use = UseOf(key);
  if (use.has_value()) return ReadWords(where, *use, json, vocabulary);
  return Bad(where, " is unknown; there are replace, help_text, answers, ", UseNames());
}

absl::Status ReadLanguage(const std::string& tag, const Json& json,
                          std::vector<Vocabulary>& vocabularies) {
  const std::string lower = absl::AsciiStrToLower(tag);
  if (lower.empty() || !IsLanguageTag(lower)) {
    return Bad("\"", tag, "\" is no language; a tag such as en or pt-br is expected");
  }
  if (!json.is_object()) return Bad(tag, " must be an object with lists of words");
  auto vocabulary = std::find_if(vocabularies.begin(), vocabularies.end(),
                                 [&](const Vocabulary& known) { return known.tag == lower; });
  const bool built_in = vocabulary != vocabularies.end();
  if (!built_in) {
    vocabularies.push_back({lower, Nearest(lower), {}, ""});
    vocabulary = vocabularies.end() - 1;
  }
  if (json.contains("replace")) {
    const absl::Status good = Replace(absl::StrCat(tag, ": replace"), json["replace"], *vocabulary);
    if (!good.ok()) return good;
  }
  for (const auto& [key, value] : json.items()) {
    const absl::Status good =
        ReadEntry(absl::StrCat(tag, ": ", key), key, value, built_in, *vocabulary);
    if (!good.ok()) return good;
  }
  return absl::OkStatus();
}

/// Nobody would ever know what became of the one that stood first.
struct NoKeyTwice {
  std::vector<std::vector<std::string>> open;
  std::string twice;

  bool operator()(int /*depth*/, Json::parse_event_t event, Json& parsed) {
    if (event == Json::parse_event_t::object_start) open.emplace_back();
    if (event == Json::parse_event_t::object_end) open.pop_back();
    if (event == Json::parse_event_t::key) {
      const std::string key = parsed.get<std::string>();
      if (std::find(open.back().begin(), open.back().end(), key) != open.back().end()) twice = key;
      open.back().push_back(key);
    }
    return true;
  }
};

}  // namespace

absl::StatusOr<Phrasebook> ParseChatWords(const std::string& json) {
  NoKeyTwice check;
  Json document;
  try {
    document = Json::parse(json, std::ref(check));
  } catch (const Json::parse_error& error) {
    // Without the library's own number of it.
    const std::string what = error.what();
    return Bad("not JSON: ", what.substr(what.find("parse error")));
  }
  if (!check.twice.empty()) return Bad("\"", check.twice, "\" stands twice in one object");
  if (!document.is_object() || document.size() > kMostLanguages) {
    return Bad("must be an object with at most ", kMostLanguages,
               " languages, such as {\"en\": {\"on\": [\"light up\"]}}");
  }
  std::vector<Vocabulary> vocabularies = BuiltInVocabularies();
  for (const auto& [tag, words] : document.items()) {
    const absl::Status good = ReadLanguage(tag, words, vocabularies);
    if (!good.ok()) return good;
  }
  return Phrasebook::Make(vocabularies);
}

absl::StatusOr<Phrasebook> ReadChatWords(const std::string& path) {
  const auto text = ReadPublicFile(path);
  if (!text.ok()) return text.status();
  auto book = ParseChatWords(*text);
  if (!book.ok()) return Bad(path, ": ", book.status().message());
  return book;
}

}  // namespace chatwire::mqtt
