// The outbox on its way to the broker.
#include "mqtt-service/broker/publish_loop.h"

#include <atomic>
#include <future>
#include <optional>
#include <thread>

#include "tests/unit/mqtt-service/fake_publish_connection.h"
#include "tests/unit/mqtt-service/rules_fixture.h"

namespace chatwire::mqtt {
namespace {

using Mode = FakePublishConnection::Mode;

Backoff NoBackoff() {
  Backoff::Limits limits;
  limits.initial = limits.maximum = absl::Milliseconds(1);
  return Backoff(limits);
}

class PublishLoopTest : public RulesFixture {
 protected:
  PublishLoopTest() : state_("test", "broker", clock_) {
    store_->AddListener([this](const Commit& commit) {
      if (commit.outbox) loop_.Wake();
      {
        MutexLock lock(mutex_);
        ++commits_;
      }
      committed_.notify_all();
    });
  }
  ~PublishLoopTest() override { thread_.reset(); }

  void Start() {
    thread_.emplace(loop_, state_, NoBackoff());
    thread_->Start();
  }

  void AddMessage(const std::string& key, absl::Time expire = absl::InfiniteFuture()) {
    Do([&](Transaction& transaction) {
      OutboxMessage message;
      message.ordering_key = key;
      message.topic = key;
      message.expire_time = expire;
      transaction.outbox().Add(message);
    });
  }

  int64_t OutboxCount() {
    int64_t count = 0;
    EXPECT_TRUE(store_
                    ->Read([&](Transaction& transaction) {
                      count = transaction.outbox().Count();
                      return absl::OkStatus();
                    })
                    .ok());
    return count;
  }

  bool WaitForEmptyOutbox() {
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    while (std::chrono::steady_clock::now() < end) {
      MutexLock lock(mutex_);
      const int seen = commits_;
      lock.native().unlock();
      const bool empty = OutboxCount() == 0;
      lock.native().lock();
      if (empty) return true;
      committed_.wait_until(lock.native(), end,
                            [&]() ABSL_NO_THREAD_SAFETY_ANALYSIS { return commits_ != seen; });
    }
    return false;
  }

  /// Messages of the topic @p topic that were published so far.
  size_t PublishedOn(const std::string& topic) {
    size_t count = 0;
    for (const OutboxMessage& message : connection_.WaitForPublished(0)) {
      count += message.topic == topic ? 1 : 0;
    }
    return count;
  }

  FakePublishConnection connection_;
  LinkState state_;
  PublishLoop loop_{*store_, rules_, deadlines_, connection_, clock_};
  Mutex mutex_;
  std::condition_variable committed_;
  int commits_ ABSL_GUARDED_BY(mutex_) = 0;
  std::optional<LinkThread> thread_;
};

TEST_F(PublishLoopTest, WhatIsAcknowledgedLeavesTheOutbox) {
  Create("lamp");
  const std::string id = Set("lamp", SwitchAction::kOn);
  Start();
  EXPECT_TRUE(WaitForEmptyOutbox());
  Do([&](Transaction& transaction) {
    EXPECT_EQ(transaction.commands().Find(id)->publish_stage, PublishStage::kAcknowledged);
  });
}

TEST_F(PublishLoopTest, WhatComesLaterIsPublishedToo) {
  Start();
  EXPECT_TRUE(WaitForEmptyOutbox());
  for (int i = 0; i < 200; ++i) AddMessage("k" + std::to_string(i % 7));
  EXPECT_TRUE(WaitForEmptyOutbox());
}

TEST_F(PublishLoopTest, NothingIsPublishedUntilAnAnswerCouldBeHeard) {
  // Given: the subscription is not there yet.
  std::atomic<bool> subscribed = false;
  std::promise<void> asked;
  std::future<void> asked_twice = asked.get_future();
  std::atomic<int> asked_count = 0;
  loop_.SetGate([&] {
    if (++asked_count == 2) asked.set_value();
    return subscribed.load();
  });
  AddMessage("lamp");
  Start();
  while (asked_twice.wait_for(std::chrono::milliseconds(1)) != std::future_status::ready) {
    loop_.Wake();
  }
  EXPECT_TRUE(connection_.WaitForPublished(0).empty());

  // When
  subscribed = true;
  loop_.Wake();

  // Then
  EXPECT_TRUE(WaitForEmptyOutbox());
}

TEST_F(PublishLoopTest, WhatTheBrokerHasAlreadyIsNotPublishedAgain) {
  // Given: two commands from before, of which the broker took the first.
  Create("lamp");
  Create("fan");
  const std::string taken = Set("lamp", SwitchAction::kOn);
  Set("fan", SwitchAction::kOn);
  EchoFence fence(*store_, deadlines_, announcer_.topics());
  loop_.SetFence(&fence);
  fence.LinkUp(/*new_session=*/false);

  // When: the marker is out, the first command's echo comes, and then the marker.
  Start();
  const OutboxMessage marker = connection_.WaitForPublished(1).at(0);
  ASSERT_EQ(marker.topic, "chatwire/bridge/fence");
  InboundMessage echo;
  echo.topic = "chatwire/checkbox/lamp/command";
  echo.correlation_data = taken;
  fence.Handle(echo);
  EXPECT_EQ(connection_.WaitForPublished(1).size(), 1u) << "the fence holds everything back";
  InboundMessage back;
  back.topic = marker.topic;
  back.payload = marker.payload;
  fence.Handle(back);

  // Then
  EXPECT_TRUE(WaitForEmptyOutbox());
  EXPECT_EQ(PublishedOn("chatwire/checkbox/fan/command"), 1u);
  EXPECT_EQ(PublishedOn("chatwire/checkbox/lamp/command"), 0u);
  thread_.reset();
}

TEST_F(PublishLoopTest, WhereListeningIsForbiddenTheFenceHoldsNothingBack) {
  Create("lamp");
  Set("lamp", SwitchAction::kOn);
  EchoFence fence(*store_, deadlines_, announcer_.topics());
  loop_.SetFence(&fence);
  fence.LinkDown(absl::PermissionDeniedError("not for you"));
  Start();
  EXPECT_TRUE(WaitForEmptyOutbox());
  EXPECT_EQ(PublishedOn("chatwire/checkbox/lamp/command"), 1u);
  thread_.reset();
}

TEST_F(PublishLoopTest, ARefusedMarkerHoldsNothingBack) {
  Create("lamp");
  Set("lamp", SwitchAction::kOn);
  EchoFence fence(*store_, deadlines_, announcer_.topics());
  loop_.SetFence(&fence);
  fence.LinkUp(/*new_session=*/false);
  connection_.SetMode(Mode::kRefuse);
  Start();
  EXPECT_TRUE(WaitForEmptyOutbox());
  EXPECT_EQ(PublishedOn("chatwire/checkbox/lamp/command"), 1u);
  thread_.reset();
}

TEST_F(PublishLoopTest, ATickHealsALostWakeUp) {
  connection_.SetMode(Mode::kStall);
  for (int i = 0; i < 5; ++i) AddMessage("one");
  Start();
  // bridge/state and five messages of one key: each is stuck until a tick.
  EXPECT_TRUE(WaitForEmptyOutbox());
  EXPECT_GE(connection_.ticks(), 5);
  EXPECT_EQ(loop_.tick_count(), connection_.ticks());
}

TEST_F(PublishLoopTest, AConnectionThatIsQuickIsNotTicked) {
  for (int i = 0; i < 50; ++i) AddMessage("one");
  Start();
  EXPECT_TRUE(WaitForEmptyOutbox());
  EXPECT_EQ(connection_.ticks(), 0);
}

TEST_F(PublishLoopTest, AtMost64AreInFlight) {
  connection_.SetMode(Mode::kKeep);
  for (int i = 0; i < 100; ++i) AddMessage("k" + std::to_string(i));
  Start();
  connection_.WaitForPublished(64);
  // With nothing acknowledged, a second round of the loop must not add any: the tick ends that
  // round.
  while (connection_.ticks() == 0) std::this_thread::yield();
  EXPECT_EQ(connection_.WaitForPublished(64).size(), 64u);
}

TEST_F(PublishLoopTest, WhatWasInFlightIsPublishedAgainAfterAReconnect) {
  connection_.SetMode(Mode::kKeep);
  AddMessage("one");
  Start();
  connection_.WaitForPublished(2);
  connection_.SetMode(Mode::kAcknowledge);
  connection_.Lose();
  EXPECT_TRUE(WaitForEmptyOutbox());
  EXPECT_EQ(connection_.opened(), 2);
}

TEST_F(PublishLoopTest, ARefusedCommandIsDroppedAndSaid) {
  Create("lamp");
  const std::string id = Set("lamp", SwitchAction::kOn);
  connection_.SetMode(Mode::kRefuse);
  Start();
  EXPECT_TRUE(WaitForEmptyOutbox());
  EXPECT_EQ(StatusOf(id), CommandStatus::kRefused);
  EXPECT_EQ(connection_.opened(), 1);
}

TEST_F(PublishLoopTest, AnExpiredMessageIsNotPublished) {
  AddMessage("late", clock_.Now());
  Start();
  EXPECT_TRUE(WaitForEmptyOutbox());
  for (const OutboxMessage& message : connection_.WaitForPublished(1)) {
    EXPECT_NE(message.topic, "late");
  }
}

TEST_F(PublishLoopTest, EveryConnectTellsTheBrokerEverything) {
  Create("lamp");
  Start();
  EXPECT_TRUE(WaitForEmptyOutbox());
  const size_t before = connection_.WaitForPublished(2).size();
  connection_.Lose();
  const auto published = connection_.WaitForPublished(before + 2);
  std::vector<std::string> topics;
  for (size_t i = before; i < published.size(); ++i) topics.push_back(published[i].topic);
  EXPECT_THAT(topics, ::testing::ElementsAre("chatwire/bridge/state", "chatwire/checkbox/lamp"));
}

}  // namespace
}  // namespace chatwire::mqtt
