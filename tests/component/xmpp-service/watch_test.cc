#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <thread>

#include "common/error.h"
#include "tests/component/xmpp-service/service_fixture.h"

namespace chatwire::xmpp {
namespace {

class WatchTest : public ServiceFixture {
 protected:
  /// One follower's stream.
  class Follower {
   public:
    Follower(WatchTest& test, const std::string& token, const v1::WatchEventsRequest& request)
        : stub_(v1::EventService::NewStub(test.channel_)),
          context_(test.Context(token, absl::Seconds(60))),
          reader_(stub_->WatchEvents(context_.get(), request)) {}

    std::optional<v1::WatchEventsResponse> Next() {
      v1::WatchEventsResponse response;
      if (!reader_->Read(&response)) return std::nullopt;
      return response;
    }
    /// The next event; heartbeats are passed over.
    std::optional<v1::Event> NextEvent() {
      while (auto response = Next()) {
        if (response->has_event()) return response->event();
      }
      return std::nullopt;
    }
    absl::Status End() {
      while (Next().has_value()) {
      }
      return FromGrpcStatus(reader_->Finish());
    }
    void Cancel() { context_->TryCancel(); }

   private:
    std::unique_ptr<v1::EventService::Stub> stub_;
    std::unique_ptr<grpc::ClientContext> context_;
    std::unique_ptr<grpc::ClientReader<v1::WatchEventsResponse>> reader_;
  };

  std::string ReasonOfWatch(const v1::WatchEventsRequest& request, const std::string& token) {
    return ReasonOf(Follower(*this, token, request).End());
  }

  int64_t Text(const std::string& account, const std::string& body) {
    MessageReceived received;
    received.body = body;
    return journal_.Append(account, received);
  }

  /// Of messages only: the account's own state is an event, too, and may come at any time.
  static v1::WatchEventsRequest Messages() {
    v1::WatchEventsRequest request;
    request.add_kinds(v1::EVENT_KIND_MESSAGE_RECEIVED);
    return request;
  }

  static v1::WatchEventsRequest FromBeginning() {
    v1::WatchEventsRequest request;
    request.set_from_beginning(true);
    return request;
  }

  std::string token_ = Login();
};

TEST_F(WatchTest, TheFirstResponseComesAtOnceAndThenWhatHappens) {
  Follower follower(*this, token_, Messages());

  const auto first = follower.Next();
  ASSERT_TRUE(first.has_value());
  EXPECT_FALSE(first->has_event());
  EXPECT_FALSE(first->resume_token().empty());
  const int64_t sequence = Text(kBot, "lamp on");

  const auto event = follower.NextEvent();
  EXPECT_EQ(event->sequence(), sequence);
  EXPECT_EQ(event->message_received().body(), "lamp on");
}

TEST_F(WatchTest, ADeliveredMessageBecomesAnEventOnce) {
  Follower follower(*this, token_, Messages());
  follower.Next();
  IncomingMessage message;
  message.from = "alice@example.org/phone";
  message.to = kBot;
  message.body = "lamp on";
  message.id = "m1";
  message.archive_id = "7";

  xmpp_.Deliver(kBot, message);
  xmpp_.Deliver(kBot, message);
  message.id = "m2";
  message.archive_id = "8";
  message.body = "lamp off";
  xmpp_.Deliver(kBot, message);

  EXPECT_EQ(follower.NextEvent()->message_received().body(), "lamp on");
  EXPECT_EQ(follower.NextEvent()->message_received().body(), "lamp off");
}

TEST_F(WatchTest, AFollowerResumesWhereItWasAlsoAfterARestart) {
  Text(kBot, "one");
  std::string place;
  {
    Follower follower(*this, token_, FromBeginning());
    for (;;) {
      const auto response = follower.Next();
      place = response->resume_token();
      if (response->event().message_received().body() == "one") break;
    }
    follower.Cancel();
  }
  Text(kBot, "two");
  Restart();
  v1::WatchEventsRequest request;
  request.set_resume_token(place);
  request.add_kinds(v1::EVENT_KIND_MESSAGE_RECEIVED);

  Follower follower(*this, token_, request);

  EXPECT_EQ(follower.NextEvent()->message_received().body(), "two");
}

TEST_F(WatchTest, OnlyTheTokensAccountsAndTheWantedKindsAreSent) {
  Text("other@example.org", "secret");
  journal_.Append(kBot, ChatStateReceived{kAlice, ChatState::kActive});
  Text(kBot, "mine");
  v1::WatchEventsRequest request = FromBeginning();
  request.add_kinds(v1::EVENT_KIND_MESSAGE_RECEIVED);

  Follower follower(*this, token_, request);

  EXPECT_EQ(follower.NextEvent()->message_received().body(), "mine");
}

TEST_F(WatchTest, AHeartbeatMovesTheTokenOverWhatIsLeftOut) {
  v1::WatchEventsRequest request = Messages();
  request.mutable_heartbeat_interval()->set_seconds(1);
  Follower follower(*this, token_, request);
  const std::string before = follower.Next()->resume_token();

  Text("other@example.org", "not for this token");

  const auto heartbeat = follower.Next();
  EXPECT_FALSE(heartbeat->has_event());
  EXPECT_NE(heartbeat->resume_token(), before);
}

TEST_F(WatchTest, BadRequestsAreRefusedWithTheirReason) {
  v1::WatchEventsRequest request;
  request.set_resume_token("garbage");
  EXPECT_EQ(ReasonOfWatch(request, token_), "BAD_RESUME_TOKEN");
  request.clear_resume_token();
  request.mutable_heartbeat_interval()->set_nanos(1);
  EXPECT_EQ(ReasonOfWatch(request, token_), "BAD_HEARTBEAT");
  request.clear_heartbeat_interval();
  request.set_account("nobody@example.org");
  EXPECT_EQ(ReasonOfWatch(request, admin_token_), "ACCOUNT_NOT_FOUND");
  EXPECT_EQ(ReasonOfWatch(request, token_), "ACCOUNT_NOT_ALLOWED");
}

TEST_F(WatchTest, ATokenFromBeforeTheOldestEventHasExpired) {
  std::string place;
  {
    Follower follower(*this, token_, {});
    place = follower.Next()->resume_token();
    follower.Cancel();
  }
  Text(kBot, "missed");
  journal_.clock.Advance(absl::Hours(2));
  journal_.log->Compact({absl::Hours(1), int64_t{1} << 30});
  journal_.Mark("wait until it is done");
  v1::WatchEventsRequest request;
  request.set_resume_token(place);

  EXPECT_EQ(ReasonOfWatch(request, token_), "RESUME_TOKEN_EXPIRED");
}

TEST_F(WatchTest, FromTheBeginningIsFromTheOldestThatThereIs) {
  Text(kBot, "gone");
  journal_.clock.Advance(absl::Hours(2));
  journal_.log->Compact({absl::Hours(1), int64_t{1} << 30});
  Text(kBot, "still there");

  Follower follower(*this, token_, FromBeginning());

  EXPECT_EQ(follower.NextEvent()->message_received().body(), "still there");
}

TEST_F(WatchTest, AStopEndsTheStreamWithAReason) {
  Follower follower(*this, token_, {});
  follower.Next();

  event_service_->Shutdown();

  EXPECT_EQ(ReasonOf(follower.End()), "SHUTTING_DOWN");
  EXPECT_EQ(ReasonOfWatch({}, token_), "SHUTTING_DOWN");
}

TEST_F(WatchTest, ASlowFollowerGetsEveryEventOnce) {
  constexpr int kEvents = 2000;
  Follower follower(*this, token_, FromBeginning());
  MessageReceived big;
  big.body = std::string(32 * 1024, 'x');
  for (int i = 0; i < kEvents; ++i) {
    big.message_id = std::to_string(i);
    journal_.log->Append(kBot, big, {});
  }
  journal_.Mark("wait until all are committed, and none is read");

  int next = 0;
  while (next < kEvents) {
    const auto event = follower.NextEvent();
    ASSERT_TRUE(event.has_value());
    if (!event->has_message_received()) continue;
    ASSERT_EQ(event->message_received().message_id(), std::to_string(next));
    ++next;
  }
}

TEST_F(WatchTest, ManyFollowersThatComeAndGoDoNoHarm) {
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([this] {
      for (int round = 0; round < 20; ++round) {
        Follower follower(*this, token_, FromBeginning());
        follower.Next();
        follower.Cancel();
      }
    });
  }
  for (int i = 0; i < 200; ++i) Text(kBot, "x");
  for (auto& thread : threads) thread.join();

  Follower follower(*this, token_, FromBeginning());
  EXPECT_TRUE(follower.NextEvent().has_value());
}

}  // namespace
}  // namespace chatwire::xmpp
