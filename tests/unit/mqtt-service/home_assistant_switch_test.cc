// Home Assistant's description of an MQTT switch, as devices publish it for its discovery.
#include "mqtt-service/wire/home_assistant_switch.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/error.h"

namespace chatwire::mqtt {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

DeviceBinding Parsed(const std::string& config) {
  const auto binding = ParseHomeAssistantSwitch(config);
  EXPECT_TRUE(binding.ok()) << binding.status();
  return binding.value_or(DeviceBinding());
}

std::string Complaint(const std::string& config) {
  const auto binding = ParseHomeAssistantSwitch(config);
  EXPECT_EQ(ReasonOf(binding.status()), "BAD_DEVICE") << config;
  return std::string(binding.status().message());
}

TEST(HomeAssistantSwitchTest, TheExampleOfTheDocumentation) {
  const DeviceBinding binding = Parsed(
      R"({"unique_id":"bedroom_switch","name":"Bedroom Switch",)"
      R"("state_topic":"home/bedroom/switch1",)"
      R"("command_topic":"home/bedroom/switch1/set","availability":[{"topic":)"
      R"("home/bedroom/switch1/available"}],"payload_on":"ON","payload_off":"OFF","state_on":"ON",)"
      R"("state_off":"OFF","optimistic":false,"qos":0,"retain":false})");
  EXPECT_EQ(binding.command_topic, "home/bedroom/switch1/set");
  EXPECT_THAT(binding.states, ElementsAre(DeviceReading{"home/bedroom/switch1", ""}));
  EXPECT_THAT(binding.state_on, ElementsAre("ON"));
  EXPECT_THAT(binding.availability,
              ElementsAre(DeviceReading{"home/bedroom/switch1/available", ""}));
  EXPECT_THAT(binding.online, ElementsAre("online"));
  EXPECT_THAT(binding.offline, ElementsAre("offline"));
  EXPECT_TRUE(CheckDevice(binding, "chatwire").ok());
}

/// As old versions of Tasmota announce themselves (SetOption19).
TEST(HomeAssistantSwitchTest, ShortNamesAndABaseTopic) {
  const DeviceBinding binding =
      Parsed(R"({"name":"Sonoff","cmd_t":"~cmnd/POWER","stat_t":"~tele/STATE",)"
             R"("val_tpl":"{{value_json.POWER}}","pl_off":"OFF","pl_on":"ON","avty_t":"~tele/LWT",)"
             R"("pl_avail":"Online","pl_not_avail":"Offline","uniq_id":"9A55A3_RL_1",)"
             R"("device":{"identifiers":["9A55A3"]},"~":"hall_lamp/"})");
  EXPECT_EQ(binding.command_topic, "hall_lamp/cmnd/POWER");
  EXPECT_THAT(binding.states, ElementsAre(DeviceReading{"hall_lamp/tele/STATE", "POWER"}));
  EXPECT_THAT(binding.availability, ElementsAre(DeviceReading{"hall_lamp/tele/LWT", ""}));
  EXPECT_THAT(binding.online, ElementsAre("Online"));
  EXPECT_THAT(binding.offline, ElementsAre("Offline"));
}

/// As Zigbee2MQTT announces a switch.
TEST(HomeAssistantSwitchTest, SeveralAvailabilityTopicsWithTemplates) {
  const DeviceBinding binding = Parsed(
      R"({"availability":[{"topic":"zigbee2mqtt/bridge/state","value_template":)"
      R"("{{ value_json.state }}"},{"topic":"zigbee2mqtt/plug/availability","value_template":)"
      R"("{{ value_json.state }}"}],"availability_mode":"all","command_topic":)"
      R"("zigbee2mqtt/plug/set","payload_off":"OFF","payload_on":"ON","state_topic":)"
      R"("zigbee2mqtt/plug","value_template":"{{ value_json[\"state\"] }}"})");
  EXPECT_THAT(binding.states, ElementsAre(DeviceReading{"zigbee2mqtt/plug", "state"}));
  EXPECT_THAT(binding.availability,
              ElementsAre(DeviceReading{"zigbee2mqtt/bridge/state", "state"},
                          DeviceReading{"zigbee2mqtt/plug/availability", "state"}));
}

TEST(HomeAssistantSwitchTest, ValuesMayBeOtherThanWhatIsSent) {
  const DeviceBinding binding = Parsed(
      R"({"command_topic":"a","state_topic":"b","payload_on":"{\"on\":true}",)"
      R"("payload_off":"{\"on\":false}","value_template":"{{ value_json.relays[0]['ison'] }}",)"
      R"("state_on":true,"state_off":false})");
  EXPECT_EQ(binding.payload_on, R"({"on":true})");
  EXPECT_EQ(binding.states[0].value_path, "relays[0].ison");
  EXPECT_THAT(binding.state_on, ElementsAre("true"));
  EXPECT_EQ(Parsed(R"({"command_topic":"a","value_template":"{{ value }}"})").payload_on, "ON");
}

TEST(HomeAssistantSwitchTest, WhatWouldMeanSomethingElseIsRefused) {
  for (const char* const text :
       {"{{ value_json.state | lower }}", "{{value_json.state|lower}}", "{{ value_json.a+1 }}",
        "{{ 'ON' if value_json.on else 'OFF' }}", "{{ value_json }}", "ON",
        "{{ value_json['a.b'] }}", "{{ value_json.a }}{{ value }}"}) {
    EXPECT_THAT(Complaint(std::string(R"({"command_topic":"a","state_topic":"b",)") +
                          R"("value_template":")" + text + R"("})"),
                HasSubstr("may only name a place"))
        << text;
  }
  EXPECT_THAT(Complaint(R"({"command_topic":"a","optimistic":true})"), HasSubstr("optimistic"));
  EXPECT_THAT(Complaint(R"({"command_topic":"a","ret":true})"), HasSubstr("obeyed again"));
  EXPECT_THAT(Complaint(R"({"command_topic":"a","command_template":"{{ value }}"})"),
              HasSubstr("command_template"));
  EXPECT_THAT(Complaint(R"({"command_topic":"a","availability_mode":"any",)"
                        R"("availability":[{"topic":"b"},{"topic":"c"}]})"),
              HasSubstr("any"));
  EXPECT_THAT(Complaint(R"({"command_topic":["a"]})"), HasSubstr("must be a text"));
  EXPECT_THAT(Complaint(R"({"command_topic":"a","availability":"b"})"), HasSubstr("list"));
  EXPECT_THAT(Complaint("command_topic: a"), HasSubstr("JSON object"));
  EXPECT_THAT(Complaint(std::string(17 * 1024, ' ')), HasSubstr("16 KiB"));
}

}  // namespace
}  // namespace chatwire::mqtt
