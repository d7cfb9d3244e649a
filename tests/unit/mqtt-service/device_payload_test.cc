// What devices say, read by a binding: a state, nothing, or a complaint.
#include "mqtt-service/wire/device_payload.h"

#include <gtest/gtest.h>

#include "common/error.h"
#include "tests/unit/mqtt-service/device_fixture.h"

namespace chatwire::mqtt {
namespace {

std::string Value(const std::string& payload, const std::string& path) {
  const auto value = ReadDeviceValue(payload, path);
  if (!value.ok()) return ReasonOf(value.status());
  return value->value_or("(nothing)");
}

TEST(DevicePayloadTest, AValueIsFoundByItsPath) {
  EXPECT_EQ(Value("ON", ""), "ON");
  EXPECT_EQ(Value(" ON\n", ""), "ON");
  EXPECT_EQ(Value(R"({"POWER":"ON"})", "POWER"), "ON");
  EXPECT_EQ(Value(R"({"relays":[{"ison":true},{"ison":false}]})", "relays[1].ison"), "false");
  EXPECT_EQ(Value(R"([0,1])", "[1]"), "1");
  EXPECT_EQ(Value(R"({"a":{"b":1.5}})", "a.b"), "1.5");
}

TEST(DevicePayloadTest, WhatIsNotThereSaysNothing) {
  EXPECT_EQ(Value("", "POWER"), "(nothing)");
  EXPECT_EQ(Value(R"({"Wifi":{}})", "POWER"), "(nothing)");
  EXPECT_EQ(Value(R"({"POWER":null})", "POWER"), "(nothing)");
  EXPECT_EQ(Value(R"({"relays":[]})", "relays[0].ison"), "(nothing)");
  EXPECT_EQ(Value(R"({"relays":{"ison":true}})", "relays[0]"), "(nothing)");
  EXPECT_EQ(Value(R"([1])", "POWER"), "(nothing)");
}

TEST(DevicePayloadTest, WhatIsNoJsonIsTakenAsAWhole) {
  // Zigbee2MQTT 1.x says `online` where 2.x says {"state":"online"}.
  EXPECT_EQ(Value("online", "state"), "online");
}

TEST(DevicePayloadTest, BrokenAndHugeOnesAreRefused) {
  EXPECT_EQ(Value("{\"POWER\":", "POWER"), "BAD_PAYLOAD");
  EXPECT_EQ(Value(R"({"POWER":{"a":1}})", "POWER"), "BAD_PAYLOAD");
  EXPECT_EQ(Value(std::string(65 * 1024, 'x'), ""), "BAD_PAYLOAD");
  EXPECT_EQ(Value("[" + std::string(60'000, '['), "a"), "BAD_PAYLOAD");
}

TEST(DevicePayloadTest, OnlyTheValuesOfTheBindingMeanAnything) {
  const DeviceBinding binding = BindingAt("home/lamp");
  const std::string path = binding.states[0].value_path;
  EXPECT_EQ(*ReadDeviceState(binding, path, R"({"relays":[{"ison":true}]})"), SwitchState::kOn);
  EXPECT_EQ(*ReadDeviceState(binding, path, R"({"relays":[{"ison":false}]})"), SwitchState::kOff);
  EXPECT_EQ(*ReadDeviceState(binding, path, R"({"temperature":20})"), SwitchState::kUnknown);
  EXPECT_EQ(ReasonOf(ReadDeviceState(binding, path, R"({"relays":[{"ison":"yes"}]})").status()),
            "BAD_PAYLOAD");
  EXPECT_EQ(ReasonOf(ReadDeviceState(binding, path, "TRUE").status()), "BAD_PAYLOAD");
  EXPECT_EQ(*ReadDeviceAvailability(binding, "", "online"), Availability::kOnline);
  EXPECT_EQ(*ReadDeviceAvailability(binding, "state", R"({"state":"offline"})"),
            Availability::kOffline);
  EXPECT_EQ(*ReadDeviceAvailability(binding, "", ""), Availability::kUnknown);
  EXPECT_EQ(ReasonOf(ReadDeviceAvailability(binding, "", "Online").status()), "BAD_PAYLOAD");
}

}  // namespace
}  // namespace chatwire::mqtt
