// Messages in the person's language, and in English where a program reads them.
#include "cli/translate.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <pty.h>
#include <unistd.h>

#include <array>
#include <cstdlib>

#include "cli/chat/typed_line.h"
#include "tests/unit/cli/cli_fixture.h"

namespace chatwire::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

class TranslateTest : public CliTest {
 protected:
  TranslateTest() {
    for (const char* const variable : {"LC_ALL", "LC_MESSAGES", "LANG", "LANGUAGE"}) {
      unsetenv(variable);
    }
  }
  ~TranslateTest() override { StopTranslation(); }

  static void Speak(const char* variable, const char* locale) {
    setenv(variable, locale, 1);
    StartTranslation(CHATWIRE_CATALOGUES);
  }
};

TEST_F(TranslateTest, PortugueseAlsoWhereTheSystemHasNoSuchLocale) {
  Speak("LANG", "pt_BR.UTF-8");
  EXPECT_THAT(RunCli({"wacth"}).error,
              StartsWith("chatwire: comando desconhecido \"wacth\"; quis dizer \"watch\"?"));
  EXPECT_THAT(RunCli({"send", "--help"}).out, HasSubstr("Envia uma mensagem"));
}

TEST_F(TranslateTest, WhatIsMissingIsToldInThePersonsLanguage) {
  Speak("LANG", "pt_BR.UTF-8");
  EXPECT_THAT(RunCli({"login"}).error, HasSubstr("JID é obrigatório; veja"));
  EXPECT_THAT(RunCli({"chat"}).error, HasSubstr("sem um terminal, diga com quem conversar"));
}

TEST_F(TranslateTest, TheChatsOwnCommandsToo) {
  Speak("LANG", "es");
  EXPECT_THAT(ParseTypedLine("/hepl").status().message(), HasSubstr("¿quiso decir /help?"));
  for (const ChatCommand& command : ChatCommands()) {
    EXPECT_NE(Tr(command.about), command.about) << command.name;
  }
}

TEST_F(TranslateTest, SpanishByTheVariableThatCounts) {
  setenv("LANG", "pt_PT.UTF-8", 1);
  Speak("LC_ALL", "es_ES.UTF-8");
  EXPECT_THAT(RunCli({"--help"}).out, HasSubstr("Muestra la versión de este programa"));
  EXPECT_THAT(RunCli({"accounts"}).error, HasSubstr("ejecute `chatwire login JID`"));
}

TEST_F(TranslateTest, EnglishInTheLocaleC) {
  setenv("LANG", "pt_BR.UTF-8", 1);
  Speak("LC_ALL", "C");
  EXPECT_THAT(RunCli({"wacth"}).error, StartsWith("chatwire: unknown command"));
}

TEST_F(TranslateTest, EnglishForALanguageWithoutACatalogue) {
  Speak("LANG", "fi_FI.UTF-8");
  EXPECT_THAT(RunCli({"wacth"}).error, StartsWith("chatwire: unknown command"));
}

TEST_F(TranslateTest, JsonIsTheSameInEveryLanguage) {
  Speak("LANG", "pt_BR.UTF-8");
  EXPECT_THAT(RunCli({"wacth", "--json"}).error, HasSubstr("unknown command"));
}

TEST_F(TranslateTest, AConfigFileThatAsksForJsonCountsToo) {
  Speak("LANG", "pt_BR.UTF-8");
  WriteFile("chatwire/config.toml", "json = true\n");
  EXPECT_THAT(RunCli({"accounts"}).error, HasSubstr("no token is saved"));
}

TEST_F(TranslateTest, HeadingsOnATerminalOnly) {
  Speak("LANG", "es_ES.UTF-8");
  int person = -1;
  int terminal = -1;
  ASSERT_EQ(openpty(&person, &terminal, nullptr, nullptr, nullptr), 0);
  EXPECT_EQ(RunCliWith({"config", "list"}, {0, terminal, 2}), 0);
  std::array<char, 4096> buffer = {};
  const ssize_t got = read(person, buffer.data(), buffer.size());
  ASSERT_GT(got, 0);
  EXPECT_THAT(std::string(buffer.data(), static_cast<size_t>(got)), StartsWith("CLAVE"));
  EXPECT_THAT(RunCli({"config", "list"}).out, StartsWith("server\t"));
  close(person);
  close(terminal);
}

}  // namespace
}  // namespace chatwire::cli
