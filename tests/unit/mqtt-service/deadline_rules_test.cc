#include "tests/unit/mqtt-service/rules_fixture.h"

namespace chatwire::mqtt {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::StartsWith;

class DeadlineRulesTest : public RulesFixture {
 protected:
  DeadlineRulesTest() { Create("lamp"); }

  void Published(const std::string& id) {
    Do([&](Transaction& transaction) { deadlines_.Published(transaction, id); });
  }
};

TEST_F(DeadlineRulesTest, BeforeTheTimeoutNothingIsSaid) {
  Published(Set("lamp", SwitchAction::kOn));
  clock_.Advance(absl::Milliseconds(4999));
  ApplyDeadlines();
  EXPECT_THAT(Replies(), IsEmpty());
}

TEST_F(DeadlineRulesTest, TheTimeoutIsSaidOnceWithWhatHappensNext) {
  Published(Set("lamp", SwitchAction::kOn));
  clock_.Advance(absl::Seconds(5));
  ApplyDeadlines();
  ApplyDeadlines();
  EXPECT_THAT(Replies(), ElementsAre("lamp: sent, not confirmed yet; I give up in 25 s, and tell "
                                     "you if it answers before"));
}

TEST_F(DeadlineRulesTest, ABrokerThatIsAwayIsSaid) {
  Set("lamp", SwitchAction::kOn);
  clock_.Advance(absl::Seconds(5));
  ApplyDeadlines();
  EXPECT_THAT(Replies(), ElementsAre("lamp: not sent yet, the MQTT broker is away; it will be sent "
                                     "when it is back within 25 s"));
}

TEST_F(DeadlineRulesTest, AnExpiredCommandFallsBackToWhatIsReported) {
  Report("lamp", SwitchState::kOff);
  const std::string id = Set("lamp", SwitchAction::kOn);
  clock_.Advance(absl::Seconds(30));
  ApplyDeadlines();

  const Checkbox lamp = Get("lamp");
  EXPECT_EQ(StatusOf(id), CommandStatus::kExpired);
  EXPECT_EQ(lamp.desired, SwitchState::kOff);
  EXPECT_EQ(lamp.version, 3);
  EXPECT_EQ(lamp.last_change.source, ChangeSource::kExpiry);
  EXPECT_EQ(lamp.pending_command, "");
  for (const OutboxMessage& message : OutboxMessages()) EXPECT_TRUE(message.retain);
  // Both deadlines passed while nobody looked: one message says how it ended.
  EXPECT_THAT(Replies(), ElementsAre("lamp: not confirmed, the device did not answer; it is off"));
}

TEST_F(DeadlineRulesTest, AnExpiredCommandDoesNotUndoANewerOne) {
  const std::string first = Set("lamp", SwitchAction::kOn, "e1");
  clock_.Advance(absl::Seconds(20));
  const std::string second = Set("lamp", SwitchAction::kOff, "e2");
  clock_.Advance(absl::Seconds(10));
  ApplyDeadlines();
  EXPECT_EQ(StatusOf(first), CommandStatus::kExpired);
  EXPECT_EQ(StatusOf(second), CommandStatus::kPending);
  EXPECT_EQ(Get("lamp").desired, SwitchState::kOff);
  EXPECT_EQ(Get("lamp").version, 2);
}

TEST_F(DeadlineRulesTest, AReportAfterTheExpiryIsTheDevicesOwnDoing) {
  const std::string id = Set("lamp", SwitchAction::kOn);
  clock_.Advance(absl::Seconds(31));
  ApplyDeadlines();
  Report("lamp", SwitchState::kOn, id);
  EXPECT_EQ(Get("lamp").reported, SwitchState::kOn);
  EXPECT_EQ(Get("lamp").last_change.source, ChangeSource::kDevice);
}

TEST_F(DeadlineRulesTest, ARefusedPublishIsSaidAtOnce) {
  const std::string id = Set("lamp", SwitchAction::kOn);
  Do([&](Transaction& transaction) { deadlines_.Refused(transaction, id); });
  EXPECT_EQ(StatusOf(id), CommandStatus::kRefused);
  EXPECT_EQ(Get("lamp").desired, SwitchState::kUnknown);
  EXPECT_THAT(Replies(), ElementsAre(StartsWith("lamp: not sent, the MQTT broker refused it")));
}

TEST_F(DeadlineRulesTest, TheNextDeadlineIsTheOneOfTheStage) {
  const auto next = [this] {
    absl::Time time;
    Do([&](Transaction& transaction) { time = transaction.commands().NextDeadline(); });
    return time;
  };
  EXPECT_EQ(next(), absl::InfiniteFuture());
  const absl::Time start = clock_.Now();
  Set("lamp", SwitchAction::kOn);
  EXPECT_EQ(next(), start + absl::Seconds(5));
  clock_.Advance(absl::Seconds(5));
  ApplyDeadlines();
  EXPECT_EQ(next(), start + absl::Seconds(30));
  Report("lamp", SwitchState::kOn);
  EXPECT_EQ(next(), absl::InfiniteFuture());
}

TEST_F(DeadlineRulesTest, WhatHappenedIsForgottenAfterItsTime) {
  clock_.Advance(absl::Hours(2));
  Set("lamp", SwitchAction::kOn);
  Do([&](Transaction& transaction) {
    EXPECT_EQ(transaction.checkboxes().History("lamp", kNewest, 10).size(), 2u);
    deadlines_.Purge(transaction, absl::Hours(1), absl::Hours(1));
    const auto left = transaction.checkboxes().History("lamp", kNewest, 10);
    ASSERT_EQ(left.size(), 1u);
    EXPECT_EQ(left[0].kind, HistoryKind::kSet);
  });
}

TEST_F(DeadlineRulesTest, EndedCommandsAreForgottenAfterADay) {
  const std::string ended = Set("lamp", SwitchAction::kOn);
  Report("lamp", SwitchState::kOn);
  clock_.Advance(absl::Hours(25));
  const std::string fresh = Set("lamp", SwitchAction::kOff);
  Do([&](Transaction& transaction) {
    deadlines_.Purge(transaction, absl::Hours(1), absl::Hours(1));
  });
  Do([&](Transaction& transaction) {
    EXPECT_FALSE(transaction.commands().Find(ended).has_value());
    EXPECT_TRUE(transaction.commands().Find(fresh).has_value());
  });
}

}  // namespace
}  // namespace chatwire::mqtt
