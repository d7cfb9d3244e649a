// What is known about a command whose acknowledgement never came.
#include "mqtt-service/broker/echo_fence.h"

#include "tests/unit/mqtt-service/rules_fixture.h"

namespace chatwire::mqtt {
namespace {

class EchoFenceTest : public RulesFixture {
 protected:
  EchoFenceTest() {
    Create("lamp");
    fence_.SetListener([this] { ++told_; });
  }

  void Hear(const std::string& topic, const std::string& payload, const std::string& id = "") {
    InboundMessage message;
    message.topic = topic;
    message.payload = payload;
    message.correlation_data = id;
    fence_.Handle(message);
  }

  /// How many messages of the outbox carry commands.
  int64_t Commands() {
    int64_t count = 0;
    Do([&](Transaction& transaction) { count = transaction.outbox().CommandCount(); });
    return count;
  }

  EchoFence fence_{*store_, deadlines_, announcer_.topics()};
  int told_ = 0;
};

TEST_F(EchoFenceTest, AnEchoIsAsGoodAsTheAcknowledgement) {
  const std::string id = Set("lamp", SwitchAction::kOn);

  Hear("chatwire/checkbox/lamp/command", "ON", id);

  EXPECT_EQ(Commands(), 0);
  Do([&](Transaction& transaction) {
    EXPECT_EQ(transaction.commands().Find(id)->publish_stage, PublishStage::kAcknowledged);
  });
}

TEST_F(EchoFenceTest, AnEchoCountsAlsoWhereTheDeviceWasFaster) {
  const std::string id = Set("lamp", SwitchAction::kOn);
  Report("lamp", SwitchState::kOn);

  Hear("chatwire/checkbox/lamp/command", "ON", id);

  EXPECT_EQ(Commands(), 0);
}

TEST_F(EchoFenceTest, SomebodyElsesCommandAcknowledgesNothing) {
  const std::string id = Set("lamp", SwitchAction::kOn);

  Hear("chatwire/checkbox/lamp/command", "ON");
  Hear("chatwire/checkbox/fan/command", "ON", id);
  Hear("chatwire/checkbox/lamp/command", "ON", "another");
  Hear("chatwire/checkbox/lamp/commandeer", "ON", id);

  EXPECT_EQ(Commands(), 1);
}

TEST_F(EchoFenceTest, WithNothingInDoubtTheSessionAloneIsWaitedFor) {
  fence_.Begin(/*in_doubt=*/false);
  EXPECT_FALSE(fence_.Passed());
  EXPECT_FALSE(fence_.NextMarker().has_value());

  fence_.LinkUp(/*new_session=*/true);

  EXPECT_TRUE(fence_.Passed());
  EXPECT_FALSE(fence_.NextMarker().has_value());
  EXPECT_FALSE(fence_.EvidenceLost());
}

TEST_F(EchoFenceTest, TheMarkerOfThisConnectionLetsPass) {
  fence_.Begin(/*in_doubt=*/true);
  EXPECT_FALSE(fence_.NextMarker().has_value()) << "nobody would hear it";
  fence_.LinkUp(/*new_session=*/false);
  const auto marker = fence_.NextMarker();
  ASSERT_TRUE(marker.has_value());
  EXPECT_FALSE(fence_.NextMarker().has_value());

  Hear(marker->topic, "that of an earlier connection");
  EXPECT_FALSE(fence_.Passed());
  Hear(marker->topic, marker->payload);

  EXPECT_TRUE(fence_.Passed());
  EXPECT_FALSE(fence_.EvidenceLost());
  EXPECT_GT(told_, 0);
}

TEST_F(EchoFenceTest, AMarkerThatALostSessionSwallowedIsSentAgain) {
  fence_.Begin(/*in_doubt=*/true);
  fence_.LinkUp(/*new_session=*/false);
  const auto first = fence_.NextMarker();
  fence_.LinkDown(absl::UnavailableError("cable pulled"));
  EXPECT_FALSE(fence_.NextMarker().has_value());

  fence_.LinkUp(/*new_session=*/true);

  const auto second = fence_.NextMarker();
  ASSERT_TRUE(second.has_value());
  EXPECT_EQ(second->payload, first->payload);
  Hear(second->topic, second->payload);
  EXPECT_TRUE(fence_.Passed());
  EXPECT_TRUE(fence_.EvidenceLost()) << "the echoes were in the session that is gone";
}

TEST_F(EchoFenceTest, WhatIsPublishedIntoANewSessionIsHeardByIt) {
  fence_.Begin(/*in_doubt=*/false);
  fence_.LinkUp(/*new_session=*/true);
  fence_.End();

  fence_.Begin(/*in_doubt=*/true);

  EXPECT_FALSE(fence_.EvidenceLost());
}

TEST_F(EchoFenceTest, ABrokerThatForbidsListeningMakesItHopeless) {
  fence_.Begin(/*in_doubt=*/true);
  EXPECT_TRUE(fence_.Hopeless().ok());

  fence_.LinkDown(absl::PermissionDeniedError("not for you"));
  fence_.LinkDown(absl::UnavailableError("closed"));

  EXPECT_TRUE(absl::IsPermissionDenied(fence_.Hopeless()));
  fence_.LinkUp(/*new_session=*/true);
  EXPECT_TRUE(fence_.Hopeless().ok());
}

}  // namespace
}  // namespace chatwire::mqtt
