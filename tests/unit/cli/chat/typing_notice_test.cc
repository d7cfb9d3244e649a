#include "cli/chat/typing_notice.h"

#include <gtest/gtest.h>

namespace chatwire::cli {
namespace {

class TypingNoticeTest : public ::testing::Test {
 protected:
  TypingNotice notice_;
  absl::Time now_ = absl::FromUnixSeconds(1000);
};

TEST_F(TypingNoticeTest, TypingIsToldOnce) {
  const auto told = notice_.Changed("a@b", false, now_);
  ASSERT_TRUE(told.has_value());
  EXPECT_EQ(told->jid, "a@b");
  EXPECT_EQ(told->state, TypingState::kComposing);
  EXPECT_FALSE(notice_.Changed("a@b", false, now_ + absl::Seconds(1)).has_value());
}

TEST_F(TypingNoticeTest, APauseIsToldOnceAndGoingOnAgain) {
  notice_.Changed("a@b", false, now_);
  EXPECT_FALSE(notice_.Tick(now_ + absl::Seconds(4)).has_value());
  const auto told = notice_.Tick(now_ + absl::Seconds(5));
  ASSERT_TRUE(told.has_value());
  EXPECT_EQ(told->state, TypingState::kPaused);
  EXPECT_FALSE(notice_.Tick(now_ + absl::Seconds(9)).has_value());
  EXPECT_TRUE(notice_.Changed("a@b", false, now_ + absl::Seconds(10)).has_value());
}

TEST_F(TypingNoticeTest, AClearedLineIsToldAndASentOneNot) {
  EXPECT_FALSE(notice_.Changed("a@b", true, now_).has_value());
  notice_.Changed("a@b", false, now_);
  EXPECT_EQ(notice_.Changed("a@b", true, now_)->state, TypingState::kActive);
  notice_.Changed("a@b", false, now_);
  notice_.Sent();
  EXPECT_FALSE(notice_.Left().has_value());
  EXPECT_FALSE(notice_.Tick(now_ + absl::Seconds(60)).has_value());
}

}  // namespace
}  // namespace chatwire::cli
