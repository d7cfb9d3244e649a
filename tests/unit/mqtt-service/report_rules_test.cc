#include "tests/unit/mqtt-service/rules_fixture.h"

namespace chatwire::mqtt {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

constexpr auto kOn = SwitchState::kOn;
constexpr auto kOff = SwitchState::kOff;

class ReportRulesTest : public RulesFixture {
 protected:
  ReportRulesTest() { Create("lamp"); }
};

TEST_F(ReportRulesTest, TheWantedStateConfirmsTheCommand) {
  const std::string id = Set("lamp", SwitchAction::kOn);
  Report("lamp", kOn);
  EXPECT_EQ(StatusOf(id), CommandStatus::kConfirmed);
  EXPECT_EQ(Get("lamp").pending_command, "");
  EXPECT_EQ(Get("lamp").version, 1);
  EXPECT_THAT(Replies(), ElementsAre("lamp is on"));
}

TEST_F(ReportRulesTest, AnotherStateConfirmsNothing) {
  const std::string id = Set("lamp", SwitchAction::kOn);
  Report("lamp", kOff);
  EXPECT_EQ(StatusOf(id), CommandStatus::kPending);
  EXPECT_EQ(Get("lamp").desired, kOn);
  EXPECT_EQ(Get("lamp").reported, kOff);
  EXPECT_THAT(Replies(), IsEmpty());
}

TEST_F(ReportRulesTest, EqualCommandsInARowAreConfirmedTogether) {
  const std::string first = Set("lamp", SwitchAction::kOn, "e1");
  const std::string second = Set("lamp", SwitchAction::kOn, "e2");
  const std::string third = Set("lamp", SwitchAction::kOff, "e3");
  Report("lamp", kOn);
  EXPECT_EQ(StatusOf(first), CommandStatus::kConfirmed);
  EXPECT_EQ(StatusOf(second), CommandStatus::kConfirmed);
  EXPECT_EQ(StatusOf(third), CommandStatus::kPending);
  EXPECT_EQ(Get("lamp").desired, kOff);
  EXPECT_EQ(Get("lamp").pending_command, third);
}

TEST_F(ReportRulesTest, ACommandBeforeTheAnsweredOneIsOvertaken) {
  const std::string first = Set("lamp", SwitchAction::kOn, "e1");
  const std::string second = Set("lamp", SwitchAction::kOff, "e2");
  Report("lamp", kOff);
  EXPECT_EQ(StatusOf(first), CommandStatus::kOvertaken);
  EXPECT_EQ(StatusOf(second), CommandStatus::kConfirmed);
  EXPECT_THAT(Replies(),
              ElementsAre("lamp: overtaken by a newer command, it is off", "lamp is off"));
}

TEST_F(ReportRulesTest, AStateThatNamesNoCommandLeavesItToBePublished) {
  // Else a device that is asked to turn on at this moment would stay on.
  Set("lamp", SwitchAction::kOn, "e1");
  const std::string off = Set("lamp", SwitchAction::kOff, "e2");
  Report("lamp", kOff);
  EXPECT_THAT(CommandsInOutbox(), ElementsAre(off));
  Do([&](Transaction& transaction) { deadlines_.Published(transaction, off); });
  Do([&](Transaction& transaction) {
    EXPECT_EQ(transaction.commands().Find(off)->publish_stage, PublishStage::kAcknowledged);
  });
}

TEST_F(ReportRulesTest, ACommandThatTheDeviceNamesNeedNotBePublished) {
  const std::string id = Set("lamp", SwitchAction::kOn);
  Report("lamp", kOn, id);
  EXPECT_THAT(CommandsInOutbox(), IsEmpty());
}

TEST_F(ReportRulesTest, AReportThatNamesItsCommandEndsJustThatOne) {
  const std::string first = Set("lamp", SwitchAction::kOn, "e1");
  const std::string second = Set("lamp", SwitchAction::kOn, "e2");
  Report("lamp", kOn, first);
  EXPECT_EQ(StatusOf(first), CommandStatus::kConfirmed);
  EXPECT_EQ(StatusOf(second), CommandStatus::kPending);
  Report("lamp", kOn, second);
  EXPECT_EQ(StatusOf(second), CommandStatus::kConfirmed);
}

TEST_F(ReportRulesTest, ADeviceThatAnswersWithTheOtherStateDidNotFollow) {
  const std::string id = Set("lamp", SwitchAction::kOn);
  Report("lamp", kOff, id);
  EXPECT_EQ(StatusOf(id), CommandStatus::kNotFollowed);
  EXPECT_EQ(Get("lamp").desired, kOff);
  EXPECT_THAT(Replies(), ElementsAre("lamp: the device did not follow, it is off"));
}

TEST_F(ReportRulesTest, WhatTheDeviceDoesByItselfIsWantedToo) {
  Report("lamp", kOn);
  const Checkbox lamp = Get("lamp");
  EXPECT_EQ(lamp.desired, kOn);
  EXPECT_EQ(lamp.version, 1);
  EXPECT_EQ(lamp.last_change.source, ChangeSource::kDevice);
}

TEST_F(ReportRulesTest, TheSameReportAgainIsNoNews) {
  Report("lamp", kOn);
  const auto before = OutboxMessages();
  Report("lamp", kOn);
  EXPECT_EQ(OutboxMessages().size(), before.size());
  EXPECT_EQ(OutboxMessages().back().id, before.back().id);
  EXPECT_EQ(Get("lamp").version, 1);
}

TEST_F(ReportRulesTest, ARepeatedAnswerIsNotTakenForTheDevicesOwnDoing) {
  const std::string first = Set("lamp", SwitchAction::kOn, "e1");
  Report("lamp", kOn, first);
  const std::string second = Set("lamp", SwitchAction::kOff, "e2");
  Report("lamp", kOff, second);
  const int64_t version = Get("lamp").version;

  Report("lamp", kOn, first);

  EXPECT_EQ(Get("lamp").reported, kOff);
  EXPECT_EQ(Get("lamp").version, version);
}

TEST_F(ReportRulesTest, AnAnswerThatWasOvertakenSaysNothingAnyMore) {
  const std::string first = Set("lamp", SwitchAction::kOn, "e1");
  const std::string second = Set("lamp", SwitchAction::kOff, "e2");
  Report("lamp", kOff, second);
  const int64_t version = Get("lamp").version;

  Report("lamp", kOn, first);

  EXPECT_EQ(Get("lamp").reported, kOff);
  EXPECT_EQ(Get("lamp").version, version);
}

TEST_F(ReportRulesTest, AnswersThatComeAfterAllCountOnce) {
  const std::string late = Set("lamp", SwitchAction::kOn, "e1");
  clock_.Advance(absl::Seconds(31));
  ApplyDeadlines();
  ASSERT_EQ(StatusOf(late), CommandStatus::kExpired);
  Report("lamp", kOn, late);
  EXPECT_EQ(Get("lamp").reported, kOn);
  const std::string next = Set("lamp", SwitchAction::kOff, "e2");
  Report("lamp", kOff, next);

  Report("lamp", kOn, late);

  EXPECT_EQ(Get("lamp").reported, kOff);
}

TEST_F(ReportRulesTest, AnotherStateUnderAnOldIdIsNews) {
  const std::string first = Set("lamp", SwitchAction::kOn, "e1");
  Report("lamp", kOn, first);

  Report("lamp", kOff, first);

  EXPECT_EQ(Get("lamp").reported, kOff);
  EXPECT_EQ(Get("lamp").desired, kOff);
}

TEST_F(ReportRulesTest, ASecondAnswerToAnEndedCommandConfirmsNoLaterOne) {
  const std::string first = Set("lamp", SwitchAction::kOn, "e1");
  Report("lamp", kOn, first);
  const std::string second = Set("lamp", SwitchAction::kOn, "e2");
  Report("lamp", kOn, first);
  EXPECT_EQ(StatusOf(second), CommandStatus::kPending);
  EXPECT_EQ(Get("lamp").pending_command, second);
}

TEST_F(ReportRulesTest, AnIdThatNobodyKnowsCountsAsNone) {
  const std::string id = Set("lamp", SwitchAction::kOn);
  Report("lamp", kOn, "nonsense");
  EXPECT_EQ(StatusOf(id), CommandStatus::kConfirmed);
}

TEST_F(ReportRulesTest, AnAnswerAfterTheTimeoutIsTheSecondMessage) {
  Set("lamp", SwitchAction::kOn);
  clock_.Advance(absl::Seconds(5));
  ApplyDeadlines();
  Report("lamp", kOn);
  EXPECT_THAT(Replies(), ElementsAre(StartsWith("lamp: not sent yet"), "lamp is on"));
}

TEST_F(ReportRulesTest, AReportForNobodyDoesNothing) {
  Do([&](Transaction& transaction) {
    EXPECT_FALSE(reports_.Report(transaction, {"nobody", kOn, ""}));
    EXPECT_FALSE(reports_.SetAvailability(transaction, "nobody", Availability::kOnline));
  });
}

TEST_F(ReportRulesTest, AvailabilityIsShown) {
  Do([&](Transaction& transaction) {
    EXPECT_TRUE(reports_.SetAvailability(transaction, "lamp", Availability::kOffline));
  });
  EXPECT_THAT(OutboxMessages().back().payload, HasSubstr(R"("available":false)"));
}

}  // namespace
}  // namespace chatwire::mqtt
