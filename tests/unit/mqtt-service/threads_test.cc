#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <memory>
#include <vector>

#include "absl/time/clock.h"
#include "mqtt-service/threads/link_thread.h"
#include "mqtt-service/threads/work_queue.h"
#include "tests/support/fake_clock.h"

namespace chatwire::mqtt {
namespace {

using ::testing::ElementsAre;

TEST(WorkQueueTest, RunsInOrderAndAtItsTime) {
  WorkQueue queue;
  std::vector<int> ran;
  std::promise<void> done;
  queue.Post([&] {
    queue.PostAt(absl::Now() + absl::Milliseconds(20), [&] {
      ran.push_back(4);
      done.set_value();
    });
    queue.PostAt(absl::Now() + absl::Milliseconds(10), [&] { ran.push_back(3); });
    queue.Post([&] { ran.push_back(1); });
    queue.Post([&] { ran.push_back(2); });
  });
  done.get_future().wait();
  EXPECT_THAT(ran, ElementsAre(1, 2, 3, 4));
}

TEST(WorkQueueTest, DropsWhatHasNotRunWhenItStops) {
  const auto token = std::make_shared<int>(0);
  bool ran = false;
  WorkQueue queue;
  queue.PostAt(absl::InfiniteFuture(), [token, &ran] { ran = true; });
  queue.Stop();
  queue.Post([token, &ran] { ran = true; });
  EXPECT_EQ(token.use_count(), 1);
  EXPECT_FALSE(ran);
}

/// Fails to open twice, then serves until it is interrupted.
class StubbornLink final : public Link {
 public:
  absl::Status Open() override {
    return ++opens_ < 3 ? absl::UnavailableError("away") : absl::OkStatus();
  }
  absl::Status Serve() override {
    serving_.set_value();
    interrupted_.get_future().wait();
    return absl::OkStatus();
  }
  void Close() override { ++closes_; }
  void Interrupt() override {
    if (!done_.exchange(true)) interrupted_.set_value();
  }

  std::atomic<int> opens_{0};
  std::atomic<int> closes_{0};
  std::promise<void> serving_;

 private:
  std::atomic<bool> done_{false};
  std::promise<void> interrupted_;
};

TEST(LinkThreadTest, TriesAgainUntilItWorksAndSaysHowItIs) {
  FakeClock clock;
  LinkState state("test", "there", clock);
  StubbornLink link;
  Backoff::Limits limits;
  limits.initial = limits.maximum = absl::Milliseconds(1);
  LinkThread thread(link, state, Backoff(limits));
  EXPECT_FALSE(state.Get().connected);
  thread.Start();
  link.serving_.get_future().wait();
  EXPECT_TRUE(state.Get().connected);
  EXPECT_EQ(state.Get().error_message, "");
  EXPECT_EQ(link.opens_, 3);
  EXPECT_EQ(link.closes_, 2);
  thread.Stop();
  EXPECT_FALSE(state.Get().connected);
  EXPECT_EQ(link.closes_, 3);
}

TEST(LinkThreadTest, ANudgeEndsTheWaitBetweenAttempts) {
  FakeClock clock;
  LinkState state("test", "there", clock);
  StubbornLink link;
  Backoff::Limits limits;
  limits.initial = limits.maximum = absl::Hours(100);
  LinkThread thread(link, state, Backoff(limits));
  std::future<void> serving = link.serving_.get_future();
  thread.Start();
  while (serving.wait_for(std::chrono::milliseconds(1)) != std::future_status::ready) {
    thread.Nudge();
  }
  EXPECT_EQ(link.opens_, 3);
}

TEST(LinkStateTest, TellsOfChangesOnly) {
  FakeClock clock;
  LinkState state("test", "there", clock);
  int changes = 0;
  state.SetListener([&] { ++changes; });
  state.Down("away");
  state.Up();
  const absl::Time since = state.Get().state_time;
  clock.Advance(absl::Seconds(1));
  state.Up();
  EXPECT_EQ(state.Get().state_time, since);
  state.Down("lost");
  EXPECT_EQ(state.Get().state_time, clock.Now());
  EXPECT_EQ(state.Get().error_message, "lost");
  EXPECT_EQ(changes, 2);
}

}  // namespace
}  // namespace chatwire::mqtt
