#include "xmpp-service/domain/delivery_waiters.h"

#include <gtest/gtest.h>

#include <optional>

#include "common/error.h"
#include "tests/unit/xmpp-service/manual_executor.h"

namespace chatwire::xmpp {
namespace {

class DeliveryWaitersTest : public ::testing::Test {
 protected:
  using Result = std::optional<absl::StatusOr<DeliveryStage>>;

  void Wait(Result& result) {
    waiters_.Wait("bot@x", "m1", absl::Seconds(30),
                  Completion<DeliveryStage>([&result](auto stage) { result = stage; }));
  }

  ManualExecutor timers_;
  DeliveryWaiters waiters_{timers_};
};

TEST_F(DeliveryWaitersTest, EverybodyWhoWaitsIsTold) {
  Result one;
  Result two;
  Wait(one);
  Wait(two);

  waiters_.Resolve("bot@x", "other", DeliveryStage::kServerAck);
  EXPECT_FALSE(one.has_value());
  waiters_.Resolve("bot@x", "m1", DeliveryStage::kServerAck);

  EXPECT_EQ(**one, DeliveryStage::kServerAck);
  EXPECT_EQ(**two, DeliveryStage::kServerAck);
}

TEST_F(DeliveryWaitersTest, AWaitEndsInTime) {
  Result result;
  Wait(result);

  timers_.Advance(absl::Seconds(29));
  EXPECT_FALSE(result.has_value());
  timers_.Advance(absl::Seconds(1));

  EXPECT_EQ(ReasonOf(result->status()), "NO_ACK");
}

TEST_F(DeliveryWaitersTest, AResolvedWaitDoesNotExpireLater) {
  Result result;
  Wait(result);
  waiters_.Resolve("bot@x", "m1", DeliveryStage::kFailed);

  timers_.Advance(absl::Minutes(1));

  EXPECT_EQ(**result, DeliveryStage::kFailed);
}

TEST_F(DeliveryWaitersTest, AStopEndsEveryWaitAlsoLaterOnes) {
  Result before;
  Wait(before);
  waiters_.CancelAll();
  Result after;
  Wait(after);

  EXPECT_TRUE(absl::IsUnavailable(before->status()));
  EXPECT_TRUE(absl::IsUnavailable(after->status()));
}

}  // namespace
}  // namespace chatwire::xmpp
