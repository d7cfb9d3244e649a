#include "xmpp-service/domain/connection_policy.h"

#include <gtest/gtest.h>

#include "tests/support/fake_clock.h"

namespace chatwire::xmpp {
namespace {

const ConnectionFailure& Unreachable() {
  static const auto* const kFailure =
      new ConnectionFailure{FailureReason::kServerUnreachable, "refused", false};
  return *kFailure;
}

class ConnectionPolicyTest : public ::testing::Test {
 protected:
  absl::Duration FailAndGetWait() {
    policy_.Lost(Unreachable());
    const absl::Duration wait = *policy_.connection().next_attempt_time - clock_.Now();
    clock_.Advance(wait);
    EXPECT_TRUE(policy_.Retry());
    return wait;
  }

  FakeClock clock_;
  // Always the longest wait.
  ConnectionPolicy policy_{clock_, Backoff({}, [] { return 0.999999; })};
};

TEST_F(ConnectionPolicyTest, AWaitDoublesUpToFiveMinutes) {
  policy_.Start();

  absl::Duration last;
  for (int i = 0; i < 12; ++i) {
    const absl::Duration wait = FailAndGetWait();
    EXPECT_GE(wait, last);
    last = wait;
  }

  EXPECT_GT(last, absl::Minutes(4));
  EXPECT_LE(last, absl::Minutes(5));
}

TEST_F(ConnectionPolicyTest, ASessionThatLastedAMinuteMakesTheNextWaitShort) {
  policy_.Start();
  for (int i = 0; i < 8; ++i) FailAndGetWait();

  policy_.Online(false);
  clock_.Advance(absl::Seconds(60));

  EXPECT_LE(FailAndGetWait(), absl::Seconds(1));
}

TEST_F(ConnectionPolicyTest, ASessionThatBreaksAtOnceDoesNotMakeTheNextWaitShort) {
  policy_.Start();
  for (int i = 0; i < 8; ++i) FailAndGetWait();

  policy_.Online(false);
  clock_.Advance(absl::Seconds(59));

  EXPECT_GT(FailAndGetWait(), absl::Minutes(1));
}

TEST_F(ConnectionPolicyTest, APermanentFailureEndsTheAttempts) {
  policy_.Start();
  policy_.Lost({FailureReason::kWrongPassword, "no", true});
  clock_.Advance(absl::Hours(1));

  EXPECT_EQ(policy_.connection().state, ConnectionState::kFailed);
  EXPECT_FALSE(policy_.Retry());
}

TEST_F(ConnectionPolicyTest, NothingIsTriedBeforeItsTime) {
  policy_.Start();
  policy_.Lost(Unreachable());

  EXPECT_FALSE(policy_.Retry());
  EXPECT_EQ(policy_.connection().state, ConnectionState::kBackingOff);
}

TEST_F(ConnectionPolicyTest, ANewStartAfterAFailureForgetsIt) {
  policy_.Start();
  policy_.Lost({FailureReason::kWrongPassword, "no", true});

  policy_.Start();

  EXPECT_EQ(policy_.connection().state, ConnectionState::kConnecting);
  EXPECT_FALSE(policy_.connection().failure.has_value());
}

}  // namespace
}  // namespace chatwire::xmpp
