// What people write, and what it means.
#include "mqtt-service/domain/checkbox_command.h"

#include <gtest/gtest.h>

namespace chatwire::mqtt {
namespace {

struct Case {
  const char* text;
  Intent intent;
  SwitchAction action;
  const char* target;
};

class CheckboxCommandTest : public ::testing::TestWithParam<Case> {};

TEST_P(CheckboxCommandTest, IsUnderstood) {
  const CheckboxCommand command = ParseCheckboxCommand(GetParam().text);
  EXPECT_EQ(command.intent, GetParam().intent);
  EXPECT_EQ(command.target, GetParam().target);
  if (command.intent == Intent::kSet) {
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
        Case{"lamp on?", Intent::kQuery, kOn, "lamp on"}));

}  // namespace
}  // namespace chatwire::mqtt
