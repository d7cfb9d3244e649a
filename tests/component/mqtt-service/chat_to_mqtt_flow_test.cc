// The main job: a chat message becomes a command, the device's report becomes the answer.
#include "tests/component/mqtt-service/service_fixture.h"

namespace chatwire::mqtt {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::StartsWith;

constexpr char kCommand[] = "test/checkbox/lamp/command";
constexpr char kReport[] = "test/checkbox/lamp/report";
constexpr char kState[] = "test/checkbox/lamp";

class ChatToMqttFlowTest : public ServiceFixture {
 protected:
  /// A device that does what it is told and says so.
  static void Obey(MqttPeer& device) {
    device.AnswerWith(kCommand, kReport, [](const Heard& heard) { return heard.payload; });
  }
};

TEST_F(ChatToMqttFlowTest, TheLampTurnsOnAndTheChatIsTold) {
  StartAll();
  MqttPeer device(broker_.uri(), "test/#");
  Obey(device);

  xmpp_.Say("lamp on");

  EXPECT_THAT(xmpp_.WaitForReplies(1), ElementsAre("lamp is on"));
  ASSERT_EQ(device.On(kCommand).size(), 1u);
  EXPECT_EQ(device.On(kCommand)[0].payload, "ON");
  EXPECT_FALSE(device.On(kCommand)[0].retained);
  EXPECT_EQ(Get("lamp").reported(), v1::CHECKBOX_STATE_ON);
  EXPECT_EQ(Get("lamp").last_change().actor(), "alice@example.org");
  EXPECT_TRUE(device.WaitForText(kState, R"("state":"ON","desired":"ON","version":1)"));
  const auto chat = device.WaitFor("test/chat/bot@example.org/in", 1);
  ASSERT_EQ(chat.size(), 1u);
  EXPECT_THAT(chat[0].payload, HasSubstr(R"("body":"lamp on")"));
  EXPECT_FALSE(chat[0].retained);
}

TEST_F(ChatToMqttFlowTest, ASilentDeviceIsNotSaidToBeOn) {
  config_.times.confirm_timeout = absl::Milliseconds(300);
  StartAll();
  MqttPeer device(broker_.uri(), kCommand);

  xmpp_.Say("lamp on");

  EXPECT_THAT(xmpp_.WaitForReplies(1), ElementsAre(StartsWith("lamp: sent, not confirmed yet")));
  ASSERT_EQ(device.WaitFor(kCommand, 1).size(), 1u);
  EXPECT_EQ(Get("lamp").reported(), v1::CHECKBOX_STATE_UNSPECIFIED);
  EXPECT_TRUE(Get("lamp").pending());

  device.Publish(kReport, "ON");

  EXPECT_THAT(xmpp_.WaitForReplies(2),
              ElementsAre(StartsWith("lamp: sent, not confirmed yet"), "lamp is on"));
}

TEST_F(ChatToMqttFlowTest, AnUnansweredCommandIsGivenUp) {
  config_.times = {absl::Milliseconds(100), absl::Milliseconds(400)};
  StartAll();
  MqttPeer device(broker_.uri(), kState);
  device.Publish(kReport, "OFF");
  ASSERT_TRUE(device.WaitForText(kState, R"("state":"OFF")"));

  xmpp_.Say("lamp on");

  ASSERT_TRUE(device.WaitForText(kState, R"("changed_by":"expiry")"));
  EXPECT_EQ(Get("lamp").desired(), v1::CHECKBOX_STATE_OFF);
  EXPECT_FALSE(Get("lamp").pending());
  EXPECT_EQ(xmpp_.Replies().size(), 1u);
}

TEST_F(ChatToMqttFlowTest, WhatIsSaidWhileTheServiceIsAwayIsDoneOnceWhenItIsBack) {
  StartAll();
  MqttPeer device(broker_.uri(), "test/#");
  Obey(device);
  xmpp_.Say("lamp on");
  xmpp_.WaitForReplies(1);

  StopService();
  xmpp_.Say("lamp off");
  xmpp_.Say("lamp toggle");
  StartService();

  EXPECT_THAT(xmpp_.WaitForReplies(3), ElementsAre("lamp is on", "lamp is off", "lamp is on"));
  EXPECT_EQ(Get("lamp").version(), 3);
  std::vector<std::string> commands;
  for (const Heard& heard : device.On(kCommand)) commands.push_back(heard.payload);
  EXPECT_THAT(commands, ElementsAre("ON", "OFF", "ON"));
}

TEST_F(ChatToMqttFlowTest, ACrashBetweenCommandAndReportDoesNotSwallowTheAnswer) {
  StartAll();
  MqttPeer device(broker_.uri(), kCommand);
  xmpp_.Say("lamp on");
  ASSERT_EQ(device.WaitFor(kCommand, 1).size(), 1u);

  StopService();
  device.Publish(kReport, "ON");
  StartService();

  EXPECT_THAT(xmpp_.WaitForReplies(1), ElementsAre("lamp is on"));
}

TEST_F(ChatToMqttFlowTest, TheBrokerMayComeLater) {
  config_.times.confirm_timeout = absl::Milliseconds(200);
  StartService();
  ASSERT_TRUE(Create("lamp").ok());
  ASSERT_TRUE(xmpp_.WaitForFollower());

  xmpp_.Say("lamp on");

  EXPECT_THAT(xmpp_.WaitForReplies(1),
              ElementsAre(StartsWith("lamp: not sent yet, the MQTT broker is away")));
  EXPECT_FALSE(Status().publisher().connected());
  EXPECT_GT(Status().outbox_count(), 0);

  broker_.Start();
  MqttPeer device(broker_.uri(), "test/#");
  Obey(device);

  EXPECT_THAT(xmpp_.WaitForReplies(2)[1], "lamp is on");
  EXPECT_TRUE(WaitForStatus([](const auto& status) { return status.outbox_count() == 0; }));
}

TEST_F(ChatToMqttFlowTest, ABrokerThatForgotEverythingIsToldAgain) {
  StartAll();
  {
    MqttPeer device(broker_.uri(), "test/#");
    Obey(device);
    xmpp_.Say("lamp on");
    xmpp_.WaitForReplies(1);
  }

  broker_.Kill();
  broker_.Start();

  MqttPeer witness(broker_.uri(), "test/#");
  EXPECT_TRUE(witness.WaitForText(kState, R"("state":"ON")"));
  EXPECT_TRUE(witness.WaitForText("test/bridge/state", "online"));
}

TEST_F(ChatToMqttFlowTest, XmppServiceMayComeLater) {
  const std::string target = config_.xmpp_service.target;
  const int port = std::stoi(target.substr(target.rfind(':') + 1));
  StartAll();
  xmpp_.Stop();
  ASSERT_TRUE(WaitForStatus([](const auto& status) { return !status.chat_feed().connected(); }));
  EXPECT_THAT(Status().chat_feed().error_message(), HasSubstr("xmpp-service"));
  MqttPeer device(broker_.uri(), "test/#");
  Obey(device);

  xmpp_.Say("lamp on");
  xmpp_.Start(port);

  EXPECT_THAT(xmpp_.WaitForReplies(1), ElementsAre("lamp is on"));
}

TEST_F(ChatToMqttFlowTest, AnExpiredTokenStartsWithTheOldestEventAndRepeatsNothing) {
  StartAll();
  MqttPeer device(broker_.uri(), "test/#");
  Obey(device);
  xmpp_.Say("lamp on");
  xmpp_.WaitForReplies(1);
  StopService();
  xmpp_.Say("lamp off");
  xmpp_.ExpireTokens();

  StartService();

  EXPECT_THAT(xmpp_.WaitForReplies(2), ElementsAre("lamp is on", "lamp is off"));
  EXPECT_EQ(Get("lamp").version(), 2);
}

TEST_F(ChatToMqttFlowTest, AReplyIsKeptUntilItIsAcceptedAndSentOnce) {
  StartAll();
  MqttPeer device(broker_.uri(), "test/#");
  Obey(device);
  xmpp_.FailSends({grpc::StatusCode::UNAVAILABLE, "not now"});

  xmpp_.Say("lamp on");
  ASSERT_TRUE(device.WaitForText(kState, R"("state":"ON")"));
  EXPECT_EQ(Status().owed_reply_count(), 1);
  StopService();
  xmpp_.FailSends(grpc::Status::OK);
  StartService();

  EXPECT_THAT(xmpp_.WaitForReplies(1), ElementsAre("lamp is on"));
  EXPECT_TRUE(WaitForStatus([](const auto& status) { return status.owed_reply_count() == 0; }));
}

TEST_F(ChatToMqttFlowTest, AReplyThatCanNeverBeSentIsDropped) {
  StartAll();
  xmpp_.FailSends({grpc::StatusCode::NOT_FOUND, "no such account"});

  xmpp_.Say("help");

  EXPECT_TRUE(WaitForStatus([this](const auto& status) {
    return xmpp_.send_calls() == 1 && status.owed_reply_count() == 0;
  }));
}

TEST_F(ChatToMqttFlowTest, ManyCommandsEachTakeEffectOnceOverRestarts) {
  constexpr int kCommands = 60;
  StartAll();
  MqttPeer device(broker_.uri(), "test/#");
  Obey(device);

  for (int i = 0; i < kCommands; ++i) {
    xmpp_.Say(i % 2 == 0 ? "lamp on" : "lamp off");
    if (i % 20 == 10) {
      StopService();
      StartService();
    }
  }

  EXPECT_EQ(xmpp_.WaitForReplies(kCommands).size(), static_cast<size_t>(kCommands));
  EXPECT_EQ(Get("lamp").version(), kCommands);
  EXPECT_EQ(Get("lamp").reported(), v1::CHECKBOX_STATE_OFF);
}

}  // namespace
}  // namespace chatwire::mqtt
