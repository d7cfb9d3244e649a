#include "xmpp-service/domain/recent_answers.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/error.h"
#include "tests/support/fake_clock.h"

namespace chatwire::xmpp {
namespace {

class RecentAnswersTest : public ::testing::Test {
 protected:
  using Result = std::shared_ptr<absl::StatusOr<int>>;

  /// Whether the work is to be done, and what is answered.
  std::pair<bool, Result> Begin(const std::string& key, const std::string& content = "x") {
    auto result = std::make_shared<absl::StatusOr<int>>(absl::UnknownError("no answer yet"));
    const bool first =
        answers_.Begin(key, content, Completion<int>([result](auto it) { *result = it; }));
    return {first, result};
  }

  FakeClock clock_;
  RecentAnswers<int> answers_{clock_};
};

TEST_F(RecentAnswersTest, ARetryGetsTheFirstAnswer) {
  const auto [first, one] = Begin("k");
  const auto [second, two] = Begin("k");
  EXPECT_TRUE(first);
  EXPECT_FALSE(second);
  EXPECT_FALSE(two->ok()) << "the work is not done yet";

  answers_.Finish("k", 42);

  EXPECT_EQ(**one, 42);
  EXPECT_EQ(**two, 42);
  EXPECT_EQ(**Begin("k").second, 42);
  EXPECT_EQ(ReasonOf(Begin("k", "other").second->status()), "REQUEST_ID_REUSED");
}

TEST_F(RecentAnswersTest, AnErrorIsAnAnswerTooUnlessItIsForgotten) {
  Begin("k");
  answers_.Finish("k", absl::NotFoundError("no"));
  EXPECT_FALSE(Begin("k").first);

  const auto [first, result] = Begin("offline");
  answers_.Forget("offline", absl::UnavailableError("offline"));
  EXPECT_TRUE(absl::IsUnavailable(result->status()));
  EXPECT_TRUE(Begin("offline").first);
}

TEST_F(RecentAnswersTest, AnswersGetOldAndAreBounded) {
  Begin("old");
  answers_.Finish("old", 1);
  clock_.Advance(absl::Minutes(11));
  EXPECT_TRUE(Begin("old").first);
  for (size_t i = 1; i < RecentAnswers<int>::kMaximumRequests; ++i) {
    EXPECT_TRUE(Begin(std::to_string(i)).first);
  }
  EXPECT_EQ(ReasonOf(Begin("one more").second->status()), "TOO_MANY_REQUESTS");
}

}  // namespace
}  // namespace chatwire::xmpp
