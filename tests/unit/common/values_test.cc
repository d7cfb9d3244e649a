// Small values and rules: back-off, completion, UUIDs, times, callers.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <set>
#include <thread>
#include <vector>

#include "absl/status/status_matchers.h"
#include "common/auth/caller.h"
#include "common/backoff.h"
#include "common/completion.h"
#include "common/error.h"
#include "common/rpc/time.h"
#include "common/uuid.h"

namespace chatwire {
namespace {

using ::absl_testing::IsOkAndHolds;
using ::absl_testing::StatusIs;

constexpr Backoff::Limits kLimits{absl::Seconds(1), absl::Seconds(5)};

TEST(BackoffTest, DoublesItsBoundUpToTheMaximum) {
  Backoff backoff(kLimits, [] { return 1.0; });
  EXPECT_EQ(backoff.Next(), absl::Seconds(1));
  EXPECT_EQ(backoff.Next(), absl::Seconds(2));
  EXPECT_EQ(backoff.Next(), absl::Seconds(4));
  EXPECT_EQ(backoff.Next(), absl::Seconds(5));
  EXPECT_EQ(backoff.Next(), absl::Seconds(5));
}

TEST(BackoffTest, NeverWaitsLessThanItsFloor) {
  Backoff backoff(kLimits, [] { return 0.0; });
  backoff.Next();
  EXPECT_EQ(backoff.Next(), absl::Milliseconds(100));
}

TEST(BackoffTest, IsShortAgainAfterSuccess) {
  Backoff backoff(kLimits, [] { return 1.0; });
  backoff.Next();
  backoff.Next();
  backoff.Reset();
  EXPECT_EQ(backoff.Next(), absl::Seconds(1));
}

TEST(BackoffTest, DrawsFromTheWholeRange) {
  Backoff::Random random = Backoff::DefaultRandom();
  std::set<double> drawn;
  for (int i = 0; i < 100; ++i) {
    const double value = random();
    EXPECT_GE(value, 0.0);
    EXPECT_LT(value, 1.0);
    drawn.insert(value);
  }
  EXPECT_GT(drawn.size(), 90U);
}

/// Collects what a completion was given.
class CompletionTest : public ::testing::Test {
 protected:
  Completion<int> Make() {
    return Completion<int>([this](absl::StatusOr<int> result) { results_.push_back(result); });
  }

  std::vector<absl::StatusOr<int>> results_;
};

TEST_F(CompletionTest, RunsOnceHoweverOftenItIsCalled) {
  {
    Completion<int> completion = Make();
    completion(1);
    completion(2);
    EXPECT_FALSE(completion);
  }
  ASSERT_EQ(results_.size(), 1U);
  EXPECT_THAT(results_[0], IsOkAndHolds(1));
}

TEST_F(CompletionTest, ADroppedOneStillAnswers) {
  {
    const Completion<int> dropped = Make();
  }
  ASSERT_EQ(results_.size(), 1U);
  EXPECT_THAT(results_[0], StatusIs(absl::StatusCode::kUnavailable));
}

TEST_F(CompletionTest, MovesWithoutRunning) {
  Completion<int> first = Make();
  Completion<int> second = std::move(first);
  EXPECT_TRUE(results_.empty());
  second(3);
  EXPECT_THAT(results_, ::testing::ElementsAre(IsOkAndHolds(3)));
}

TEST_F(CompletionTest, AssignmentAnswersTheOneThatIsReplaced) {
  Completion<int> completion = Make();
  completion = Make();
  ASSERT_EQ(results_.size(), 1U);
  EXPECT_THAT(results_[0], StatusIs(absl::StatusCode::kUnavailable));
  completion(4);
  EXPECT_THAT(results_[1], IsOkAndHolds(4));
}

TEST_F(CompletionTest, MayBeDestroyedByItsOwnFunction) {
  auto owner = std::make_unique<Completion<int>>();
  *owner = Completion<int>([&](absl::StatusOr<int> result) {
    owner.reset();
    results_.push_back(result);
  });
  (*owner)(5);
  EXPECT_THAT(results_, ::testing::ElementsAre(IsOkAndHolds(5)));
}

TEST(UuidTest, RandomOnesHaveTheFormOfVersion4AndDiffer) {
  std::set<std::string> seen;
  for (int i = 0; i < 1000; ++i) {
    const std::string uuid = RandomUuid();
    ASSERT_TRUE(IsUuid(uuid)) << uuid;
    ASSERT_EQ(uuid[14], '4');
    ASSERT_NE(std::string("89ab").find(uuid[19]), std::string::npos) << uuid;
    seen.insert(uuid);
  }
  EXPECT_EQ(seen.size(), 1000U);
}

TEST(UuidTest, DerivedOnesAreTheSameForTheSameInputOnly) {
  const std::string uuid = DerivedUuid("reply", "event-1");
  EXPECT_TRUE(IsUuid(uuid));
  EXPECT_EQ(uuid[14], '8');
  EXPECT_EQ(uuid, DerivedUuid("reply", "event-1"));
  EXPECT_NE(uuid, DerivedUuid("reply", "event-2"));
  EXPECT_NE(DerivedUuid("ab", "c"), DerivedUuid("a", "bc"));
}

TEST(UuidTest, TellsTheForm) {
  EXPECT_TRUE(IsUuid("01234567-89AB-cdef-0123-456789abcdef"));
  EXPECT_FALSE(IsUuid(""));
  EXPECT_FALSE(IsUuid("0123456789abcdef0123456789abcdef0123"));
  EXPECT_FALSE(IsUuid("01234567-89ab-cdef-0123-456789abcdeg"));
  EXPECT_FALSE(IsUuid("01234567-89ab-cdef-0123-456789abcdef0"));
}

TEST(TimeTest, GoesThereAndBack) {
  for (const absl::Time time : {absl::UnixEpoch(), absl::FromUnixMicros(1'700'000'000'123'456),
                                absl::FromUnixMicros(-1), absl::FromUnixMicros(-1'500'000)}) {
    const auto timestamp = ToProto(time);
    EXPECT_GE(timestamp.nanos(), 0);
    EXPECT_LT(timestamp.nanos(), 1'000'000'000);
    EXPECT_EQ(FromProto(timestamp), time);
  }
}

TEST(TimeTest, CutsToWholeMicroseconds) {
  EXPECT_EQ(ToProto(absl::FromUnixNanos(1'999)).nanos(), 1'000);
}

TEST(TimeTest, ReadsDurations) {
  google::protobuf::Duration duration;
  duration.set_seconds(-1);
  duration.set_nanos(-500'000'000);
  EXPECT_EQ(FromProto(duration), absl::Milliseconds(-1'500));
}

TEST(CallerTest, TheStarIsEveryScopeAndEveryAccount) {
  const Caller admin{"admin", {"*"}, {"*"}};
  EXPECT_TRUE(admin.HasScope("chat"));
  EXPECT_TRUE(admin.MayUseAccount("bot@example.org"));
  const Caller owner{"owner", {"chat"}, {"bot@example.org"}};
  EXPECT_FALSE(owner.HasScope("account"));
  EXPECT_FALSE(owner.MayUseAccount("alice@example.org"));
}

TEST(ResolveAccountTest, TakesTheOneThatTheTokenIsFor) {
  const Caller owner{"owner", {"chat"}, {"bot@example.org"}};
  EXPECT_THAT(ResolveAccount(owner, ""), IsOkAndHolds("bot@example.org"));
  EXPECT_THAT(ResolveAccount(owner, "bot@example.org"), IsOkAndHolds("bot@example.org"));
}

TEST(ResolveAccountTest, RefusesOthers) {
  const Caller owner{"owner", {"chat"}, {"bot@example.org"}};
  const auto refused = ResolveAccount(owner, "alice@example.org").status();
  EXPECT_THAT(refused, StatusIs(absl::StatusCode::kPermissionDenied));
  EXPECT_EQ(ReasonOf(refused), "ACCOUNT_NOT_ALLOWED");
}

TEST(ResolveAccountTest, WantsANameWhenThereAreSeveral) {
  for (const Caller& caller :
       {Caller{"admin", {"*"}, {"*"}}, Caller{"two", {"*"}, {"a@example.org", "b@example.org"}},
        Caller{"none", {"*"}, {}}}) {
    const auto refused = ResolveAccount(caller, "").status();
    EXPECT_THAT(refused, StatusIs(absl::StatusCode::kInvalidArgument)) << caller.label;
    EXPECT_EQ(ReasonOf(refused), "ACCOUNT_REQUIRED");
  }
}

}  // namespace
}  // namespace chatwire
