#include "mqtt-service/domain/checkbox_form.h"

#include "absl/strings/str_cat.h"
#include "common/error.h"
#include "tests/unit/mqtt-service/rules_fixture.h"

namespace chatwire::mqtt {
namespace {

using Action = FormStep::Action;

class CheckboxFormTest : public RulesFixture {
 protected:
  static FormStep Step(Action action, std::map<std::string, bool> ticked = {},
                       const std::string& session = "s1") {
    FormStep step;
    step.session_id = session;
    step.from = "alice@example.org/phone";
    step.from_contact = true;
    step.action = action;
    step.ticked = std::move(ticked);
    return step;
  }

  absl::StatusOr<FormPage> Show(const FormStep& step) {
    absl::StatusOr<FormPage> page;
    Do([&](Transaction& transaction) { page = form_.Show(transaction, step); });
    return page;
  }

  absl::StatusOr<std::vector<FormChange>> Complete(const FormStep& step) {
    absl::StatusOr<std::vector<FormChange>> changes;
    Do([&](Transaction& transaction) { changes = form_.Complete(transaction, step); });
    return changes;
  }

  static std::vector<std::string> Names(const std::vector<FormChange>& changes) {
    std::vector<std::string> names;
    for (const FormChange& change : changes) names.push_back(change.checkbox.name);
    return names;
  }

  CheckboxForm form_{rules_, *SenderPolicy::Parse("contacts")};
};

TEST_F(CheckboxFormTest, ACheckboxWithAPolicyOfItsOwnIsShownToThoseOnly) {
  Create("door");
  Create("fan");
  const auto allow = [this](std::vector<std::string> who) {
    Do([&](Transaction& transaction) {
      CheckboxChange change;
      change.chat_allow = std::move(who);
      ASSERT_TRUE(rules_.Update(transaction, "door", change).ok());
    });
  };
  ASSERT_EQ(Show(Step(Action::kBegin))->boxes.size(), 2u);
  allow({"carol@example.org"});
  // What was shown before is not obeyed any more.
  const auto changes = Complete(Step(Action::kComplete, {{"door", true}}));
  ASSERT_TRUE(changes.ok());
  EXPECT_FALSE(changes->front().status.ok());
  EXPECT_EQ(Get("door").version, 0);
  const auto page = Show(Step(Action::kBegin));
  ASSERT_EQ(page->boxes.size(), 1u);
  EXPECT_EQ(page->boxes[0].name, "fan");
}

TEST_F(CheckboxFormTest, ShowsWhatIsWanted) {
  Create("lamp", "Living room lamp");
  Create("fan");
  Report("lamp", SwitchState::kOn);

  const auto page = Show(Step(Action::kBegin));

  ASSERT_TRUE(page.ok());
  ASSERT_EQ(page->boxes.size(), 2u);
  EXPECT_EQ(page->boxes[0].name, "fan");
  EXPECT_FALSE(page->boxes[0].ticked);
  EXPECT_EQ(page->boxes[1].label, "Living room lamp");
  EXPECT_TRUE(page->boxes[1].ticked);
}

TEST_F(CheckboxFormTest, ShowsHowItIsBesideWhatIsWanted) {
  Create("lamp");
  Report("lamp", SwitchState::kOff);
  Set("lamp", SwitchAction::kOn);

  const auto page = Show(Step(Action::kBegin));

  ASSERT_TRUE(page.ok());
  EXPECT_TRUE(page->boxes[0].ticked);
  EXPECT_EQ(page->boxes[0].now.reported, SwitchState::kOff);
  EXPECT_FALSE(page->boxes[0].now.pending_command.empty());
}

TEST_F(CheckboxFormTest, OnlyWhatWasChangedIsAskedFor) {
  Create("lamp");
  Create("fan");
  ASSERT_TRUE(Show(Step(Action::kBegin)).ok());

  const auto changes = Complete(Step(Action::kComplete, {{"lamp", true}, {"fan", false}}));

  ASSERT_TRUE(changes.ok());
  EXPECT_EQ(Names(*changes), std::vector<std::string>{"lamp"});
  EXPECT_FALSE((*changes)[0].command_id.empty());
  EXPECT_EQ(Get("lamp").desired, SwitchState::kOn);
  EXPECT_EQ(Get("lamp").last_change.source, ChangeSource::kForm);
  EXPECT_EQ(Get("lamp").last_change.actor, "alice@example.org");
  EXPECT_EQ(Get("fan").version, 0);
}

TEST_F(CheckboxFormTest, WhatOthersDidMeanwhileIsNotUndone) {
  Create("lamp");
  Report("lamp", SwitchState::kOn);
  ASSERT_TRUE(Show(Step(Action::kBegin)).ok());
  Set("lamp", SwitchAction::kOff);

  const auto changes = Complete(Step(Action::kComplete, {{"lamp", true}}));

  ASSERT_TRUE(changes.ok());
  EXPECT_TRUE(changes->empty());
  EXPECT_EQ(Get("lamp").desired, SwitchState::kOff);
}

TEST_F(CheckboxFormTest, WhatWasDeletedMeanwhileIsToldAndTheRestDone) {
  Create("fan");
  Create("lamp");
  ASSERT_TRUE(Show(Step(Action::kBegin)).ok());
  Do([&](Transaction& transaction) { ASSERT_TRUE(rules_.Delete(transaction, "fan", 0).ok()); });

  const auto changes = Complete(Step(Action::kComplete, {{"lamp", true}, {"fan", true}}));

  ASSERT_TRUE(changes.ok());
  ASSERT_EQ(Names(*changes), (std::vector<std::string>{"fan", "lamp"}));
  EXPECT_EQ((*changes)[0].status.code(), absl::StatusCode::kNotFound);
  EXPECT_TRUE((*changes)[1].status.ok());
}

TEST_F(CheckboxFormTest, NamesThatWereNotShownAreNoWay) {
  Create("lamp");
  ASSERT_TRUE(Show(Step(Action::kBegin)).ok());
  Create("safe");

  const auto changes = Complete(Step(Action::kComplete, {{"safe", true}}));

  ASSERT_TRUE(changes.ok());
  EXPECT_TRUE(changes->empty());
  EXPECT_EQ(Get("safe").version, 0);
}

TEST_F(CheckboxFormTest, ManyComeInPagesAndAllPagesCount) {
  for (size_t i = 0; i < CheckboxForm::kPageBoxes + 1; ++i) {
    Create(absl::StrCat("box-", 100 + i));
  }
  const auto first = Show(Step(Action::kBegin));
  ASSERT_TRUE(first.ok());
  EXPECT_EQ(first->count, 2u);
  EXPECT_EQ(first->boxes.size(), CheckboxForm::kPageBoxes);

  const auto second = Show(Step(Action::kNext, {{"box-100", true}}));
  ASSERT_TRUE(second.ok());
  EXPECT_EQ(second->number, 2u);
  EXPECT_EQ(second->boxes.size(), 1u);
  const auto again = Show(Step(Action::kPrevious, {{"box-150", true}}));
  ASSERT_TRUE(again.ok());
  EXPECT_TRUE(again->boxes[0].ticked);

  const auto changes = Complete(Step(Action::kComplete));
  ASSERT_TRUE(changes.ok());
  EXPECT_EQ(Names(*changes), (std::vector<std::string>{"box-100", "box-150"}));
}

TEST_F(CheckboxFormTest, WhoMayNotOperateSeesNothing) {
  Create("lamp");
  FormStep stranger = Step(Action::kBegin);
  stranger.from_contact = false;
  EXPECT_EQ(ReasonOf(Show(stranger).status()), "NOT_ALLOWED");
}

TEST_F(CheckboxFormTest, AFormThatIsNotOpenIsToldSo) {
  Create("lamp");
  EXPECT_EQ(ReasonOf(Complete(Step(Action::kComplete, {{"lamp", true}})).status()),
            "FORM_NOT_OPEN");
  ASSERT_TRUE(Show(Step(Action::kBegin)).ok());
  form_.Close("s1");
  EXPECT_EQ(ReasonOf(Show(Step(Action::kNext)).status()), "FORM_NOT_OPEN");
}

TEST_F(CheckboxFormTest, TheOldestFormMakesRoom) {
  Create("lamp");
  for (size_t i = 0; i <= CheckboxForm::kMostSessions; ++i) {
    ASSERT_TRUE(Show(Step(Action::kBegin, {}, absl::StrCat("s", i))).ok());
  }
  EXPECT_EQ(ReasonOf(Show(Step(Action::kNext, {}, "s0")).status()), "FORM_NOT_OPEN");
  EXPECT_TRUE(Show(Step(Action::kNext, {}, "s1")).ok());
}

}  // namespace
}  // namespace chatwire::mqtt
