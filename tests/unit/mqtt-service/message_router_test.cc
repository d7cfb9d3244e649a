#include "mqtt-service/broker/message_router.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/unit/mqtt-service/rules_fixture.h"

namespace chatwire::mqtt {
namespace {

constexpr int kPacketId = 7;

class MessageRouterTest : public RulesFixture {
 protected:
  MessageRouterTest() { Create("lamp"); }

  /// A message as the broker delivers it, without correlation data.
  void Deliver(const std::string& topic, const std::string& payload, int packet_id,
               bool redelivered) {
    InboundMessage message;
    message.topic = "chatwire/checkbox/lamp/" + topic;
    message.payload = payload;
    message.packet_id = packet_id;
    message.redelivered = redelivered;
    router_.Handle(message);
  }

  MessageRouter router_{*store_, rules_, reports_, announcer_, clock_};
};

TEST_F(MessageRouterTest, AToggleThatIsDeliveredAgainTogglesOnce) {
  // Given: it was committed, and the process died before the broker had the acknowledgement.
  Deliver("set", "TOGGLE", kPacketId, /*redelivered=*/false);

  // When
  Deliver("set", "TOGGLE", kPacketId, /*redelivered=*/true);

  // Then
  EXPECT_EQ(Get("lamp").desired, SwitchState::kOn);
  EXPECT_EQ(Get("lamp").version, 1);
}

TEST_F(MessageRouterTest, AReportThatIsDeliveredAgainConfirmsNoLaterCommand) {
  // Given: on and off were confirmed, and on is wanted again.
  Set("lamp", SwitchAction::kOn, "e1");
  Deliver("report", "ON", kPacketId, /*redelivered=*/false);
  Set("lamp", SwitchAction::kOff, "e2");
  Deliver("report", "OFF", kPacketId + 1, /*redelivered=*/false);
  const std::string last = Set("lamp", SwitchAction::kOn, "e3");

  // When
  Deliver("report", "ON", kPacketId, /*redelivered=*/true);

  // Then
  EXPECT_EQ(StatusOf(last), CommandStatus::kPending);
  EXPECT_EQ(Get("lamp").reported, SwitchState::kOff);
}

TEST_F(MessageRouterTest, ARedeliveredMessageThatWasNeverCommittedIsHandled) {
  Deliver("report", "ON", kPacketId, /*redelivered=*/true);

  EXPECT_EQ(Get("lamp").reported, SwitchState::kOn);
}

TEST_F(MessageRouterTest, TheSameTextUnderANewIdentifierIsAnotherMessage) {
  Deliver("set", "TOGGLE", kPacketId, /*redelivered=*/false);

  Deliver("set", "TOGGLE", kPacketId + 1, /*redelivered=*/true);

  EXPECT_EQ(Get("lamp").version, 2);
}

TEST_F(MessageRouterTest, ANewSessionStartsItsIdentifiersAgain) {
  // Given
  Deliver("set", "TOGGLE", kPacketId, /*redelivered=*/false);
  router_.StartSession();

  // When: the broker died as well, and delivers another message under the old number, twice.
  Deliver("set", "TOGGLE", kPacketId, /*redelivered=*/true);

  // Then
  EXPECT_EQ(Get("lamp").version, 2);
}

}  // namespace
}  // namespace chatwire::mqtt
