// What comes on the topics of bound devices, and what the service's own commands come back as.
#include "mqtt-service/broker/device_router.h"

#include "mqtt-service/broker/echo_fence.h"
#include "mqtt-service/broker/message_router.h"
#include "tests/unit/mqtt-service/device_fixture.h"

namespace chatwire::mqtt {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr auto kOn = SwitchState::kOn;
constexpr auto kOff = SwitchState::kOff;
constexpr char kIs[] = "home/lamp/is";
constexpr char kIsOn[] = R"({"relays":[{"ison":true}]})";
constexpr char kIsOff[] = R"({"relays":[{"ison":false}]})";

class DeviceRouterTest : public DeviceFixture {
 protected:
  DeviceRouterTest() { EXPECT_TRUE(CreateBound("lamp", BindingAt("home/lamp")).ok()); }

  void Deliver(const std::string& topic, const std::string& payload, bool retained = false) {
    InboundMessage message;
    message.topic = topic;
    message.payload = payload;
    message.retained = retained;
    router_.Handle(message);
  }

  MessageRouter router_{*store_, rules_, reports_, announcer_, clock_};
};

TEST_F(DeviceRouterTest, WhatTheDeviceSaysConfirmsTheCommand) {
  const std::string id = Set("lamp", SwitchAction::kOn);
  Deliver(kIs, R"({"temperature":20})");
  EXPECT_EQ(StatusOf(id), CommandStatus::kPending);
  Deliver(kIs, kIsOn);
  EXPECT_EQ(StatusOf(id), CommandStatus::kConfirmed);
  EXPECT_THAT(Replies(), ElementsAre("lamp is on"));
}

TEST_F(DeviceRouterTest, ARetainedStateIsTheState) {
  Deliver(kIs, kIsOn, /*retained=*/true);
  EXPECT_EQ(Get("lamp").reported, kOn);
  EXPECT_EQ(Get("lamp").desired, kOn);
}

TEST_F(DeviceRouterTest, ARetainedStateAnswersNoCommandThatWantsAnother) {
  Deliver(kIs, kIsOff);
  const std::string id = Set("lamp", SwitchAction::kOn);
  Deliver(kIs, kIsOff, /*retained=*/true);
  EXPECT_EQ(StatusOf(id), CommandStatus::kPending);
  EXPECT_EQ(Get("lamp").desired, kOn);
  EXPECT_THAT(Replies(), IsEmpty());
}

TEST_F(DeviceRouterTest, ARetainedStateOvertakesNoCommand) {
  Deliver(kIs, kIsOff);
  const std::string on = Set("lamp", SwitchAction::kOn, "e1");
  const std::string off = Set("lamp", SwitchAction::kOff, "e2");
  Deliver(kIs, kIsOff, /*retained=*/true);
  EXPECT_EQ(StatusOf(on), CommandStatus::kPending);
  EXPECT_EQ(StatusOf(off), CommandStatus::kPending) << "said before the lamp was asked";
  Deliver(kIs, kIsOn, /*retained=*/true);
  EXPECT_EQ(StatusOf(on), CommandStatus::kConfirmed);
}

TEST_F(DeviceRouterTest, NonsenseChangesNothing) {
  Deliver(kIs, kIsOn);
  Deliver(kIs, "{\"relays\":");
  Deliver(kIs, R"({"relays":[{"ison":"perhaps"}]})");
  Deliver("home/lamp/other", kIsOff);
  Deliver("home/lamp/do", "0");
  EXPECT_EQ(Get("lamp").reported, kOn);
}

TEST_F(DeviceRouterTest, OneMessageSpeaksForAllThatListen) {
  DeviceBinding second = BindingAt("home/lamp");
  second.command_topic = "home/lamp/do2";
  second.states[0].value_path = "relays[1].ison";
  ASSERT_TRUE(CreateBound("fan", second).ok());
  DeviceBinding third = second;
  third.command_topic = "home/lamp/do3";
  third.states[0].value_path = "relays";
  ASSERT_TRUE(CreateBound("a-broken-one", third).ok());

  Deliver(kIs, R"({"relays":[{"ison":true},{"ison":false}]})");

  EXPECT_EQ(Get("lamp").reported, kOn);
  EXPECT_EQ(Get("fan").reported, kOff);
  EXPECT_EQ(Get("a-broken-one").reported, SwitchState::kUnknown);
}

TEST_F(DeviceRouterTest, AvailabilityIsThatOfAllItsTopics) {
  Deliver("home/lamp/there", "online", /*retained=*/true);
  EXPECT_EQ(Get("lamp").availability, Availability::kUnknown);
  Deliver("bridge/there", R"({"state":"online"})", /*retained=*/true);
  EXPECT_EQ(Get("lamp").availability, Availability::kOnline);
  Deliver("bridge/there", R"({"state":"offline"})");
  EXPECT_EQ(Get("lamp").availability, Availability::kOffline);
  Deliver("bridge/there", "");
  EXPECT_EQ(Get("lamp").availability, Availability::kOffline);
}

TEST_F(DeviceRouterTest, NobodyElseSpeaksForABoundDevice) {
  Deliver("chatwire/checkbox/lamp/report", "ON");
  Deliver("chatwire/checkbox/lamp/availability", "online");
  EXPECT_EQ(Get("lamp").reported, SwitchState::kUnknown);
  EXPECT_EQ(Get("lamp").availability, Availability::kUnknown);
  // Controllers go on as before.
  Deliver("chatwire/checkbox/lamp/set", "ON");
  EXPECT_EQ(Get("lamp").desired, kOn);
}

TEST_F(DeviceRouterTest, WhatTheOldDeviceSaysIsNothingAnyMore) {
  ASSERT_TRUE(Rebind("lamp", BindingAt("home/other")).ok());
  Deliver(kIs, kIsOn);
  EXPECT_EQ(Get("lamp").reported, SwitchState::kUnknown);
  Deliver("home/other/is", kIsOn);
  EXPECT_EQ(Get("lamp").reported, kOn);
}

TEST_F(DeviceRouterTest, AnEchoOnTheDevicesTopicIsAsGoodAsTheAcknowledgement) {
  EchoFence fence(*store_, deadlines_, announcer_.topics());
  const std::string id = Set("lamp", SwitchAction::kOn);
  InboundMessage echo;
  echo.payload = "1";
  echo.correlation_data = id;
  const auto commands = [&] {
    int64_t count = 0;
    Do([&](Transaction& transaction) { count = transaction.outbox().CommandCount(); });
    return count;
  };
  for (const char* const topic : {"chatwire/checkbox/lamp/command", kIs}) {
    echo.topic = topic;
    fence.Handle(echo);
    EXPECT_EQ(commands(), 1) << topic;
  }
  echo.topic = "home/lamp/do";
  fence.Handle(echo);
  EXPECT_EQ(commands(), 0);
}

}  // namespace
}  // namespace chatwire::mqtt
