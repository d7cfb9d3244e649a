// Words that an operator wrote down.
#include "mqtt-service/wire/chat_words.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/secret_file.h"
#include "mqtt-service/domain/checkbox_command.h"
#include "tests/unit/common/temporary_directory.h"

namespace chatwire::mqtt {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::StartsWith;

CheckboxCommand Parse(const Phrasebook& book, const std::string& text) {
  const auto commands = ParseCheckboxCommands(text, book);
  EXPECT_EQ(commands.size(), 1u) << text;
  return commands.front();
}

std::string ErrorOf(const std::string& json) {
  const auto book = ParseChatWords(json);
  return book.ok() ? "" : std::string(book.status().message());
}

TEST(ChatWordsTest, AreAddedToThoseThatThereAre) {
  const auto book = ParseChatWords(R"({"en": {"on": ["Light up"], "list": ["what is there"]},
                                       "pt": {"off": ["dá descanso a"], "article": ["minha"]}})");
  ASSERT_TRUE(book.ok()) << book.status();
  EXPECT_EQ(Parse(*book, "light up the lamp").action, SwitchAction::kOn);
  EXPECT_EQ(Parse(*book, "turn on the lamp").target, "lamp");
  EXPECT_EQ(Parse(*book, "What is there?").intent, Intent::kQuery) << "what is called so";
  EXPECT_EQ(Parse(*book, "what is there").intent, Intent::kList);
  const CheckboxCommand rest = Parse(*book, "da descanso a minha lâmpada");
  EXPECT_EQ(rest.action, SwitchAction::kOff);
  EXPECT_EQ(rest.target, "lampada");
  EXPECT_EQ(rest.language, Language::kPortuguese);
}

TEST(ChatWordsTest, ReplaceSomeOrAll) {
  const auto some = ParseChatWords(R"({"en": {"replace": ["toggle"], "toggle": ["flip"]}})");
  ASSERT_TRUE(some.ok()) << some.status();
  EXPECT_EQ(Parse(*some, "flip lamp").action, SwitchAction::kToggle);
  EXPECT_EQ(Parse(*some, "toggle lamp").intent, Intent::kNotUnderstood);
  EXPECT_EQ(Parse(*some, "lamp off").action, SwitchAction::kOff);
  const auto all = ParseChatWords(R"({"es": {"replace": true, "on": ["dale"]}})");
  ASSERT_TRUE(all.ok()) << all.status();
  EXPECT_EQ(Parse(*all, "dale lamp").language, Language::kSpanish);
  EXPECT_EQ(Parse(*all, "enciende lamp").intent, Intent::kNotUnderstood);
  EXPECT_EQ(Parse(*all, "apagar lamp").certainty, LanguageCertainty::kSure) << "Portuguese only";
}

TEST(ChatWordsTest, MayBeOfALanguageThatIsNotSpokenHere) {
  const auto book = ParseChatWords(R"({"de": {"answers": "en", "article": ["die", "den"],
      "turn": ["schalte"], "on_after": ["ein", "an"], "off_after": ["aus"], "is": ["ist"],
      "all": ["alles"], "in": ["in der"], "and": ["und"], "help": ["Hilfe"],
      "help_text": "Ich schalte.\nlamp ein"}, "pt-BR": {"on": ["bota pra funcionar"]}})");
  ASSERT_TRUE(book.ok()) << book.status();
  EXPECT_EQ(Parse(*book, "Schalte die Küchenlampe ein").target, "kuchenlampe");
  EXPECT_EQ(Parse(*book, "lamp aus").action, SwitchAction::kOff);
  EXPECT_EQ(Parse(*book, "ist die lamp an?").intent, Intent::kQuery);
  EXPECT_EQ(Parse(*book, "alles aus").intent, Intent::kSetAll);
  EXPECT_EQ(Parse(*book, "alles in der Küche aus").target, "kuche");
  EXPECT_EQ(Parse(*book, "schalte alles aus").intent, Intent::kSetAll);
  EXPECT_EQ(Parse(*book, "hilfe").help, "Ich schalte.\nlamp ein");
  EXPECT_EQ(ParseCheckboxCommands("lamp ein und fan aus", *book).size(), 2u);
  EXPECT_EQ(Parse(*book, "lamp aus").language, Language::kEnglish);
  EXPECT_EQ(Parse(*book, "bota pra funcionar lamp").language, Language::kPortuguese);
  EXPECT_EQ(book->HelpIn(Language::kEnglish), "");
}

TEST(ChatWordsTest, WhatTwoLanguagesShareTellsNone) {
  const auto book = ParseChatWords(R"({"pt": {"on_after": ["on"]}})");
  ASSERT_TRUE(book.ok()) << book.status();
  EXPECT_EQ(Parse(*book, "lamp on").certainty, LanguageCertainty::kNone);
  EXPECT_EQ(Parse(*book, "lamp off").certainty, LanguageCertainty::kSure);
}

TEST(ChatWordsTest, AConflictIsNamedWithItsWordsAndLanguages) {
  EXPECT_THAT(ErrorOf(R"({"en": {"on": ["kill"], "off": ["kill"]}})"),
              AllOf(HasSubstr("\"kill"), HasSubstr("NAME\" cannot mean two things"),
                    HasSubstr("in en the word \"kill\" makes it mean on"), HasSubstr("mean off")));
  EXPECT_THAT(ErrorOf(R"({"en": {"on": ["apaga"]}})"),
              AllOf(HasSubstr("in en the word \"apaga\" makes it mean on"),
                    HasSubstr("in pt the word \"apaga\" makes it mean off")));
  EXPECT_THAT(ErrorOf(R"({"en": {"help": ["list"]}})"), HasSubstr("mean help"));
  EXPECT_THAT(ErrorOf(R"({"en": {"all": ["the"]}})"), HasSubstr("for a group"));
}

TEST(ChatWordsTest, MistakesAreNamed) {
  EXPECT_THAT(ErrorOf("{"), StartsWith("not JSON: parse error at line 1, column 2"));
  EXPECT_THAT(ErrorOf("[]"), HasSubstr("must be an object"));
  EXPECT_THAT(ErrorOf(R"({"e": {}})"), HasSubstr("\"e\" is no language"));
  EXPECT_THAT(ErrorOf(R"({"en": []})"), StartsWith("en must be an object"));
  EXPECT_THAT(ErrorOf(R"({"en": {"onn": []}})"),
              AllOf(StartsWith("en: onn is unknown"), HasSubstr("on_after")));
  EXPECT_THAT(ErrorOf(R"({"en": {"on": "x"}})"), StartsWith("en: on must be a list"));
  EXPECT_THAT(ErrorOf(R"({"en": {"on": [1]}})"), HasSubstr("1 is none"));
  for (const char* word : {"", " x", "a,b", "a\\\"b", "was?"}) {
    EXPECT_THAT(ErrorOf(std::string(R"({"en": {"on": [")") + word + "\"]}}"),
                AllOf(StartsWith("en: on: \""), HasSubstr("is no word")))
        << word;
  }
  EXPECT_THAT(ErrorOf(R"({"en": {"replace": ["onn"]}})"), HasSubstr("there is no list onn"));
  EXPECT_THAT(ErrorOf(R"({"en": {"replace": 1}})"), StartsWith("en: replace must be true"));
  EXPECT_THAT(ErrorOf(R"({"de": {"answers": "de"}})"), HasSubstr("must be en, pt or es"));
  EXPECT_THAT(ErrorOf(R"({"en": {"answers": "pt"}})"), HasSubstr("cannot be said"));
  EXPECT_THAT(ErrorOf(R"({"en": {"help_text": "\u0007"}})"), HasSubstr("control characters"));
  EXPECT_THAT(ErrorOf(R"({"en": {"on": ["x"], "on": ["y"]}})"), HasSubstr("\"on\" stands twice"));
}

TEST(ChatWordsTest, TooManyWaysToSaySomethingAreRefused) {
  std::string all;
  for (int i = 0; i < 60; ++i) all += (i == 0 ? "\"a" : ",\"a") + std::to_string(i) + "\"";
  EXPECT_THAT(
      ErrorOf(R"({"en": {"on": [)" + all + R"(], "in": [)" + all + R"(], "all": [)" + all + "]}}"),
      HasSubstr("ways to say something"));
}

TEST(ChatWordsTest, AFileIsNamedInItsErrors) {
  const TemporaryDirectory folder;
  const std::string path = folder.Path("words.json");
  EXPECT_THAT(std::string(ReadChatWords(path).status().message()), HasSubstr(path));
  ASSERT_TRUE(WriteFileAtomically(path, R"({"en": {"on": ["kill"], "off": ["kill"]}})").ok());
  EXPECT_THAT(std::string(ReadChatWords(path).status().message()), StartsWith(path + ": "));
  ASSERT_TRUE(WriteFileAtomically(path, R"({"en": {"on": ["light up"]}})").ok());
  EXPECT_TRUE(ReadChatWords(path).ok());
}

TEST(ChatWordsTest, TheExampleOfTheDocumentationIsGood) {
  const auto book = ReadChatWords(CHATWIRE_DOCS_DIR "/examples/chat-words.json");
  ASSERT_TRUE(book.ok()) << book.status();
  EXPECT_EQ(Parse(*book, "light up the lamp").action, SwitchAction::kOn);
  EXPECT_EQ(Parse(*book, "flip lamp").action, SwitchAction::kToggle);
  EXPECT_EQ(Parse(*book, "schalte die lamp aus").action, SwitchAction::kOff);
}

}  // namespace
}  // namespace chatwire::mqtt
