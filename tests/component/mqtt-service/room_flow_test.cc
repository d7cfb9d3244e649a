// The main job in a room: everybody reads the command, and the answer.
#include "tests/component/mqtt-service/service_fixture.h"

namespace chatwire::mqtt {
namespace {

using ::testing::ElementsAre;
using ::testing::Pair;
using ::testing::StartsWith;

constexpr char kCommand[] = "test/checkbox/lamp/command";
constexpr char kReport[] = "test/checkbox/lamp/report";
constexpr auto* kRoom = FakeXmppService::kRoom;

class RoomFlowTest : public ServiceFixture {
 protected:
  RoomFlowTest() { config_.chat.rooms.trust = *RoomTrust::Parse("own"); }

  static void Obey(MqttPeer& device) {
    device.AnswerWith(kCommand, kReport, [](const Heard& heard) { return heard.payload; });
  }
};

TEST_F(RoomFlowTest, TheLampTurnsOnAndTheRoomIsTold) {
  StartAll();
  MqttPeer device(broker_.uri(), "test/#");
  Obey(device);

  xmpp_.SayInRoom("what a lovely lamp");
  xmpp_.SayInRoom("lampbot: lamp on");

  EXPECT_THAT(xmpp_.WaitForRoomReplies(1), ElementsAre(Pair(kRoom, "alice: lamp is on")));
  EXPECT_EQ(Get("lamp").last_change().actor(), "alice@example.org");
  EXPECT_EQ(device.On(kCommand).size(), 1u);
}

TEST_F(RoomFlowTest, APrivateMessageIsAnsweredPrivately) {
  StartAll();
  MqttPeer device(broker_.uri(), "test/#");
  Obey(device);

  xmpp_.SayPrivately("lamp on");

  EXPECT_THAT(xmpp_.WaitForRoomReplies(1),
              ElementsAre(Pair("lamps@rooms.example.org/alice", "lamp is on")));
}

TEST_F(RoomFlowTest, ACrashBetweenCommandAndReportDoesNotSwallowTheAnswer) {
  StartAll();
  MqttPeer device(broker_.uri(), kCommand);
  xmpp_.SayInRoom("lampbot: lamp on");
  ASSERT_EQ(device.WaitFor(kCommand, 1).size(), 1u);

  StopService();
  device.Publish(kReport, "ON");
  StartService();

  EXPECT_THAT(xmpp_.WaitForRoomReplies(1), ElementsAre(Pair(kRoom, "alice: lamp is on")));
}

TEST_F(RoomFlowTest, AReplyIsKeptUntilItIsAcceptedAndSentOnce) {
  StartAll();
  xmpp_.FailSends({grpc::StatusCode::UNAVAILABLE, "not now"});
  xmpp_.SayInRoom("lampbot: lamp?");
  ASSERT_TRUE(WaitForStatus([](const auto& status) { return status.owed_reply_count() == 1; }));

  StopService();
  xmpp_.FailSends(grpc::Status::OK);
  StartService();

  EXPECT_THAT(xmpp_.WaitForRoomReplies(1),
              ElementsAre(Pair(kRoom, StartsWith("alice: lamp: unknown"))));
  EXPECT_TRUE(WaitForStatus([](const auto& status) { return status.owed_reply_count() == 0; }));
}

TEST_F(RoomFlowTest, AnAnswerForARoomThatWasLeftIsDropped) {
  StartAll();
  xmpp_.FailSends({grpc::StatusCode::NOT_FOUND, "the account has not joined this room"});

  xmpp_.SayInRoom("lampbot: help");

  EXPECT_TRUE(WaitForStatus([this](const auto& status) {
    return xmpp_.send_calls() == 1 && status.owed_reply_count() == 0;
  }));
}

}  // namespace
}  // namespace chatwire::mqtt
