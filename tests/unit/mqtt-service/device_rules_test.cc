// Checkboxes with bound devices: how they are asked, what they may share, and what a change means.
#include "mqtt-service/domain/device_rules.h"

#include "common/error.h"
#include "tests/unit/mqtt-service/device_fixture.h"

namespace chatwire::mqtt {
namespace {

using ::testing::IsEmpty;

class DeviceRulesTest : public DeviceFixture {
 protected:
  /// The messages that carry commands.
  std::vector<OutboxMessage> Commands() {
    std::vector<OutboxMessage> commands;
    for (OutboxMessage& message : OutboxMessages()) {
      if (!message.command_id.empty()) commands.push_back(std::move(message));
    }
    return commands;
  }
};

TEST_F(DeviceRulesTest, TheDeviceIsAskedInItsOwnWords) {
  ASSERT_TRUE(CreateBound("lamp", BindingAt("home/lamp")).ok());

  const std::string on = Set("lamp", SwitchAction::kOn, "e1");
  Set("lamp", SwitchAction::kOff, "e2");

  const auto commands = Commands();
  ASSERT_EQ(commands.size(), 2u);
  EXPECT_EQ(commands[0].topic, "home/lamp/do");
  EXPECT_EQ(commands[0].payload, "1");
  EXPECT_EQ(commands[1].payload, "0");
  EXPECT_FALSE(commands[0].retain);
  EXPECT_EQ(commands[0].correlation_data, on);
  EXPECT_EQ(commands[0].expire_time, clock_.Now() + absl::Seconds(30));
  EXPECT_EQ(commands[0].ordering_key, commands[1].ordering_key);
}

TEST_F(DeviceRulesTest, TheDeviceIsAskedWithItsQuality) {
  DeviceBinding binding = BindingAt("home/lamp");
  binding.qos = 0;
  ASSERT_TRUE(CreateBound("lamp", binding).ok());
  Create("fan");
  Set("lamp", SwitchAction::kOn, "e1");
  Set("fan", SwitchAction::kOn, "e2");
  EXPECT_EQ(Commands()[0].qos, 0);
  EXPECT_EQ(Commands()[1].qos, 1);
}

TEST_F(DeviceRulesTest, SwitchesOfOneDeviceShareTopicsButNoPayload) {
  DeviceBinding left = BindingAt("zigbee2mqtt/wall");
  left.payload_on = R"({"state_left":"ON"})";
  left.payload_off = R"({"state_left":"OFF"})";
  DeviceBinding right = left;
  right.payload_on = R"({"state_right":"ON"})";
  right.payload_off = R"({"state_right":"OFF"})";
  ASSERT_TRUE(CreateBound("left", left).ok());
  EXPECT_TRUE(CreateBound("right", right).ok());

  right.payload_on = left.payload_on;
  const absl::Status taken = CreateBound("third", right);
  EXPECT_EQ(ReasonOf(taken), "TOPIC_TAKEN");
  EXPECT_EQ(MetadataOf(taken).at("topic"), "zigbee2mqtt/wall/do");
  EXPECT_EQ(MetadataOf(taken).at("name"), "left");
  EXPECT_TRUE(Rebind("left", left).ok());
}

TEST_F(DeviceRulesTest, NobodysCommandPassesForAnothersAnswer) {
  ASSERT_TRUE(CreateBound("lamp", BindingAt("home/lamp")).ok());
  DeviceBinding fan = BindingAt("home/fan");
  fan.states[0].topic = "home/lamp/do";
  EXPECT_EQ(ReasonOf(CreateBound("fan", fan)), "TOPIC_TAKEN");
  fan = BindingAt("home/fan");
  fan.command_topic = "home/lamp/is";
  EXPECT_EQ(ReasonOf(CreateBound("fan", fan)), "TOPIC_TAKEN");
  fan.command_topic = "bridge/there";
  fan.availability.clear();
  EXPECT_EQ(ReasonOf(CreateBound("fan", fan)), "TOPIC_TAKEN");
  // What is gone takes nothing.
  Delete("lamp");
  fan = BindingAt("home/fan");
  fan.states[0].topic = "home/lamp/do";
  EXPECT_EQ(ReasonOf(CreateBound("fan", fan)), "");
}

TEST_F(DeviceRulesTest, AVirtualCheckboxHasNoDevice) {
  const absl::Status status = store_->Write([&](Transaction& transaction) {
    CheckboxConfig config;
    config.name = "lamp";
    config.virtual_device = true;
    config.device = BindingAt("home/lamp");
    return rules_.Create(transaction, config).status();
  });
  EXPECT_EQ(ReasonOf(status), "BAD_DEVICE");
}

TEST_F(DeviceRulesTest, OfAnotherDeviceNothingIsKnown) {
  ASSERT_TRUE(CreateBound("lamp", BindingAt("home/lamp")).ok());
  Report("lamp", SwitchState::kOn);
  const std::string id = Set("lamp", SwitchAction::kOff);
  const int64_t version = Get("lamp").version;

  ASSERT_TRUE(Rebind("lamp", BindingAt("home/other")).ok());

  const Checkbox lamp = Get("lamp");
  EXPECT_EQ(lamp.reported, SwitchState::kUnknown);
  EXPECT_EQ(lamp.desired, SwitchState::kUnknown);
  EXPECT_EQ(lamp.availability, Availability::kUnknown);
  EXPECT_EQ(lamp.report_time, absl::InfinitePast());
  EXPECT_EQ(lamp.version, version + 1);
  EXPECT_EQ(lamp.pending_command, "");
  EXPECT_EQ(StatusOf(id), CommandStatus::kExpired);
  // What was still on its way to the old device does not go out any more.
  EXPECT_THAT(Commands(), IsEmpty());
  EXPECT_EQ(Replies().size(), 1u);
}

TEST_F(DeviceRulesTest, AnotherTitleChangesNothingAboutTheDevice) {
  ASSERT_TRUE(CreateBound("lamp", BindingAt("home/lamp")).ok());
  Report("lamp", SwitchState::kOn);
  Do([&](Transaction& transaction) {
    CheckboxChange change;
    change.title = "Lamp";
    ASSERT_TRUE(rules_.Update(transaction, "lamp", change).ok());
  });
  EXPECT_EQ(Get("lamp").reported, SwitchState::kOn);
  EXPECT_THAT(Unwanted(DeviceLink::kListener), IsEmpty());
}

TEST_F(DeviceRulesTest, WithoutABindingTheOwnTopicsAreUsedAgain) {
  ASSERT_TRUE(CreateBound("lamp", BindingAt("home/lamp")).ok());
  ASSERT_TRUE(Rebind("lamp", {}).ok());
  Set("lamp", SwitchAction::kOn);
  EXPECT_EQ(Commands()[0].topic, "chatwire/checkbox/lamp/command");
  EXPECT_EQ(Commands()[0].payload, "ON");
}

TEST_F(DeviceRulesTest, ADeviceIsThereWhenAllOfItIs) {
  ASSERT_TRUE(CreateBound("lamp", BindingAt("home/lamp")).ok());
  const auto say = [&](const std::string& topic, Availability said) {
    Availability all = Availability::kUnknown;
    Do([&](Transaction& transaction) {
      all = CombineAvailability(transaction, "lamp", topic, said);
    });
    return all;
  };
  EXPECT_EQ(say("bridge/there", Availability::kOnline), Availability::kUnknown);
  EXPECT_EQ(say("home/lamp/there", Availability::kOnline), Availability::kOnline);
  EXPECT_EQ(say("bridge/there", Availability::kOffline), Availability::kOffline);
  EXPECT_EQ(say("home/lamp/there", Availability::kOnline), Availability::kOffline);
  EXPECT_EQ(say("bridge/there", Availability::kOnline), Availability::kOnline);
}

}  // namespace
}  // namespace chatwire::mqtt
