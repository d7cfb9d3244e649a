// What people write, and what it means.
#include "mqtt-service/domain/checkbox_command.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "mqtt-service/domain/phrasebook.h"

namespace chatwire::mqtt {
namespace {

std::vector<CheckboxCommand> Parse(const std::string& text) {
  static const auto* const kBook = new Phrasebook();
  return ParseCheckboxCommands(text, *kBook);
}

struct Case {
  const char* text;
  Intent intent;
  SwitchAction action;
  const char* target;
};

class CheckboxCommandTest : public ::testing::TestWithParam<Case> {};

TEST_P(CheckboxCommandTest, IsUnderstood) {
  const auto commands = Parse(GetParam().text);
  ASSERT_EQ(commands.size(), 1u);
  const CheckboxCommand& command = commands.front();
  EXPECT_EQ(command.intent, GetParam().intent);
  EXPECT_EQ(command.target, GetParam().target);
  if (command.intent == Intent::kSet || command.intent == Intent::kSetAll) {
    EXPECT_EQ(command.action, GetParam().action);
  }
}

constexpr auto kOn = SwitchAction::kOn;
constexpr auto kOff = SwitchAction::kOff;
constexpr auto kToggle = SwitchAction::kToggle;

INSTANTIATE_TEST_SUITE_P(
    Texts, CheckboxCommandTest,
    ::testing::Values(
        Case{"lamp on", Intent::kSet, kOn, "lamp"}, Case{"  LAMP\t ON ", Intent::kSet, kOn, "lamp"},
        Case{"lamp\non", Intent::kSet, kOn, "lamp"}, Case{"Lamp off.", Intent::kSet, kOff, "lamp"},
        Case{"lamp on!!", Intent::kSet, kOn, "lamp"},
        Case{"lamp toggle", Intent::kSet, kToggle, "lamp"},
        Case{"toggle lamp", Intent::kSet, kToggle, "lamp"},
        Case{"toggle the lamp", Intent::kSet, kToggle, "lamp"},
        Case{"turn on the lamp", Intent::kSet, kOn, "lamp"},
        Case{"turn on lamp", Intent::kSet, kOn, "lamp"},
        Case{"turn the lamp off", Intent::kSet, kOff, "lamp"},
        Case{"switch off desk lamp", Intent::kSet, kOff, "desk lamp"},
        Case{"Switch on the Desk Lamp", Intent::kSet, kOn, "desk lamp"},
        Case{"lamp?", Intent::kQuery, kOn, "lamp"}, Case{"lamp ?", Intent::kQuery, kOn, "lamp"},
        Case{"is the lamp on?", Intent::kQuery, kOn, "lamp"}, Case{"list", Intent::kList, kOn, ""},
        Case{"LIST", Intent::kList, kOn, ""}, Case{"help", Intent::kHelp, kOn, ""},
        Case{"?", Intent::kHelp, kOn, ""}, Case{"", Intent::kNotUnderstood, kOn, ""},
        Case{"on", Intent::kNotUnderstood, kOn, ""}, Case{"lamp", Intent::kNotUnderstood, kOn, ""},
        Case{"lampon", Intent::kNotUnderstood, kOn, ""},
        Case{"what a nice day", Intent::kNotUnderstood, kOn, ""},
        // A question never changes anything.
        Case{"lamp on?", Intent::kQuery, kOn, "lamp"},
        Case{"the lamp is on?", Intent::kQuery, kOn, "lamp"},
        Case{"all off", Intent::kSetAll, kOff, ""}, Case{"Turn all on", Intent::kSetAll, kOn, ""},
        Case{"turn off everything", Intent::kSetAll, kOff, ""},
        Case{"history lamp", Intent::kHistory, kOff, "lamp"},
        Case{"history of the lamp", Intent::kHistory, kOff, "lamp"},
        Case{"watch lamp", Intent::kWatch, kOff, "lamp"},
        Case{"stop watching the lamp", Intent::kUnwatch, kOff, "lamp"},
        Case{"unwatch all", Intent::kUnwatchAll, kOff, ""},
        Case{"turn on \"Living Room, left\"", Intent::kSet, kOn, "living room, left"},
        Case{"„all“ off", Intent::kSet, kOff, "all"}, Case{"“all” off", Intent::kSet, kOff, "all"},
        Case{"salt and pepper on", Intent::kSet, kOn, "salt and pepper"},
        Case{"\"lamp on", Intent::kNotUnderstood, kOn, ""}));

INSTANTIATE_TEST_SUITE_P(
    Portuguese, CheckboxCommandTest,
    ::testing::Values(Case{"Ligar a LÂMPADA", Intent::kSet, kOn, "lampada"},
                      Case{"desligue o ventilador", Intent::kSet, kOff, "ventilador"},
                      Case{"lâmpada ligada?", Intent::kQuery, kOn, "lampada"},
                      Case{"a lâmpada está ligada?", Intent::kQuery, kOn, "lampada"},
                      Case{"lâmpada acesa", Intent::kSet, kOn, "lampada"},
                      Case{"alternar lâmpada", Intent::kSet, kToggle, "lampada"},
                      Case{"desligar tudo", Intent::kSetAll, kOff, ""},
                      Case{"histórico da lâmpada", Intent::kHistory, kOff, "lampada"},
                      Case{"vigiar lâmpada", Intent::kWatch, kOff, "lampada"},
                      Case{"deixar de vigiar tudo", Intent::kUnwatchAll, kOff, ""},
                      Case{"lista", Intent::kList, kOff, ""},
                      Case{"Ajuda!", Intent::kHelp, kOff, ""}));

INSTANTIATE_TEST_SUITE_P(
    Spanish, CheckboxCommandTest,
    ::testing::Values(Case{"Enciende la lámpara", Intent::kSet, kOn, "lampara"},
                      Case{"apaga el ventilador", Intent::kSet, kOff, "ventilador"},
                      Case{"¿está encendida la lámpara?", Intent::kQuery, kOn, "lampara"},
                      Case{"¿la lámpara está encendida?", Intent::kQuery, kOn, "lampara"},
                      Case{"apagar todo", Intent::kSetAll, kOff, ""},
                      Case{"historial de la lámpara", Intent::kHistory, kOff, "lampara"},
                      Case{"dejar de vigilar lámpara", Intent::kUnwatch, kOff, "lampara"},
                      Case{"ayuda", Intent::kHelp, kOff, ""}));

std::vector<std::string> Targets(const std::string& text) {
  std::vector<std::string> targets;
  for (const CheckboxCommand& command : Parse(text)) {
    targets.push_back(command.target);
  }
  return targets;
}

TEST(CheckboxCommandsTest, SeveralMayFollowEachOther) {
  using Names = std::vector<std::string>;
  EXPECT_EQ(Targets("lamp on, fan off"), (Names{"lamp", "fan"}));
  EXPECT_EQ(Targets("lamp on and fan off"), (Names{"lamp", "fan"}));
  EXPECT_EQ(Targets("lamp on, fan off, and heater?"), (Names{"lamp", "fan", "heater"}));
  EXPECT_EQ(Targets("lamp on\nfan off;\n"), (Names{"lamp", "fan"}));
  EXPECT_EQ(Targets("ligar lâmpada e desligar ventilador"), (Names{"lampada", "ventilador"}));
  EXPECT_EQ(Targets("\"a, b\" on, c off"), (Names{"a, b", "c"}));
}

TEST(CheckboxCommandsTest, OnePartThatIsNotUnderstoodMakesAllOfItSo) {
  const auto commands = Parse("lamp on, what a nice day");
  ASSERT_EQ(commands.size(), 1u);
  EXPECT_EQ(commands[0].intent, Intent::kNotUnderstood);
}

TEST(CheckboxCommandsTest, TooManyAreNotUnderstood) {
  std::string text = "a on";
  for (int i = 0; i < 10; ++i) text += ", a on";
  const auto commands = Parse(text);
  ASSERT_EQ(commands.size(), 1u);
  EXPECT_EQ(commands[0].intent, Intent::kNotUnderstood);
}

TEST(CheckboxCommandsTest, TheWordsTellTheLanguage) {
  const auto language = [](const std::string& text) { return Parse(text).front().language; };
  const auto certainty = [](const std::string& text) { return Parse(text).front().certainty; };
  EXPECT_EQ(language("lamp on"), Language::kEnglish);
  EXPECT_EQ(language("ligar lamp"), Language::kPortuguese);
  EXPECT_EQ(language("enciende lamp"), Language::kSpanish);
  EXPECT_EQ(language("apagar la lamp"), Language::kSpanish);
  EXPECT_EQ(certainty("apagar la lamp"), LanguageCertainty::kSure);
  EXPECT_EQ(certainty("apagar lamp"), LanguageCertainty::kIberian);
  EXPECT_EQ(certainty("lamp?"), LanguageCertainty::kNone);
  EXPECT_EQ(language("lamp?, ligar fan"), Language::kPortuguese);
}

}  // namespace
}  // namespace chatwire::mqtt
