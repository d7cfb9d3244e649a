// The presets, against the payloads in the documentation of the firmware.
#include "mqtt-service/domain/device_preset.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "common/error.h"
#include "mqtt-service/wire/device_payload.h"

namespace chatwire::mqtt {
namespace {

using ::testing::HasSubstr;

constexpr auto kOn = SwitchState::kOn;
constexpr auto kOff = SwitchState::kOff;
constexpr auto kNothing = SwitchState::kUnknown;

class DevicePresetTest : public ::testing::Test {
 protected:
  void Expand(DevicePreset preset, const std::string& topic, const std::string& channel = "",
              const std::string& prefix = "") {
    const auto binding = ExpandPreset({preset, topic, prefix, channel});
    ASSERT_TRUE(binding.ok()) << binding.status();
    EXPECT_TRUE(CheckDevice(*binding, "chatwire").ok()) << CheckDevice(*binding, "chatwire");
    binding_ = *binding;
  }

  /// What @p payload on @p topic means; kUnknown also where the topic is none of the device's.
  SwitchState State(const std::string& topic, const std::string& payload) {
    for (const DeviceReading& reading : binding_.states) {
      if (reading.topic != topic) continue;
      const auto state = ReadDeviceState(binding_, reading.value_path, payload);
      EXPECT_TRUE(state.ok()) << state.status();
      return state.value_or(kNothing);
    }
    ADD_FAILURE() << "not listened to: " << topic;
    return kNothing;
  }

  Availability There(const std::string& topic, const std::string& payload) {
    for (const DeviceReading& reading : binding_.availability) {
      if (reading.topic != topic) continue;
      const auto there = ReadDeviceAvailability(binding_, reading.value_path, payload);
      EXPECT_TRUE(there.ok()) << there.status();
      return there.value_or(Availability::kUnknown);
    }
    ADD_FAILURE() << "not listened to: " << topic;
    return Availability::kUnknown;
  }

  /// What is wrong with the parameters.
  static std::string Complaint(const PresetParameters& parameters) {
    const auto binding = ExpandPreset(parameters);
    EXPECT_EQ(ReasonOf(binding.status()), "BAD_DEVICE");
    return std::string(binding.status().message());
  }

  DeviceBinding binding_;
};

// https://tasmota.github.io/docs/MQTT/#command-flow
TEST_F(DevicePresetTest, Tasmota) {
  Expand(DevicePreset::kTasmota, "tasmota_switch");
  EXPECT_EQ(binding_.command_topic, "cmnd/tasmota_switch/POWER");
  EXPECT_EQ(binding_.Payload(true), "ON");
  EXPECT_EQ(binding_.Payload(false), "OFF");
  EXPECT_EQ(State("stat/tasmota_switch/POWER", "ON"), kOn);
  EXPECT_EQ(State("stat/tasmota_switch/POWER", "OFF"), kOff);
  const std::string telemetry =
      R"({"Time":"2024-02-24T22:20:38","Uptime":"0T00:10:11","UptimeSec":611,"Heap":24,)"
      R"("SleepMode":"Dynamic","Sleep":50,"LoadAvg":19,"MqttCount":1,"POWER":"OFF",)"
      R"("Wifi":{"AP":1,"SSId":"ESP-Network","Channel":3,"Mode":"11n","RSSI":44,"Signal":-78}})";
  EXPECT_EQ(State("tele/tasmota_switch/STATE", telemetry), kOff);
  EXPECT_EQ(State("tele/tasmota_switch/STATE", R"({"Time":"2024-02-24T22:20:38"})"), kNothing);
  EXPECT_EQ(There("tele/tasmota_switch/LWT", "Online"), Availability::kOnline);
  EXPECT_EQ(There("tele/tasmota_switch/LWT", "Offline"), Availability::kOffline);
}

TEST_F(DevicePresetTest, TasmotaWithSeveralRelaysAndAFullTopicOfItsOwn) {
  Expand(DevicePreset::kTasmota, "plug", "2", "tasmota/%topic%/%prefix%/");
  EXPECT_EQ(binding_.command_topic, "tasmota/plug/cmnd/POWER2");
  EXPECT_EQ(State("tasmota/plug/stat/POWER2", "ON"), kOn);
  EXPECT_EQ(State("tasmota/plug/tele/STATE", R"({"POWER1":"ON","POWER2":"OFF"})"), kOff);
  EXPECT_EQ(There("tasmota/plug/tele/LWT", "Online"), Availability::kOnline);
  EXPECT_THAT(Complaint({DevicePreset::kTasmota, "plug", "home/", ""}), HasSubstr("FullTopic"));
  EXPECT_THAT(Complaint({DevicePreset::kTasmota, "plug", "", "two"}), HasSubstr("relay"));
  EXPECT_THAT(Complaint({DevicePreset::kTasmota, "", "", ""}), HasSubstr("`topic`"));
}

// https://esphome.io/components/mqtt, https://esphome.io/components/switch
TEST_F(DevicePresetTest, Esphome) {
  Expand(DevicePreset::kEsphome, "livingroom", "relay_1");
  EXPECT_EQ(binding_.command_topic, "livingroom/switch/relay_1/command");
  EXPECT_EQ(binding_.Payload(true), "ON");
  EXPECT_EQ(binding_.Payload(false), "OFF");
  EXPECT_EQ(State("livingroom/switch/relay_1/state", "ON"), kOn);
  EXPECT_EQ(State("livingroom/switch/relay_1/state", "OFF"), kOff);
  EXPECT_EQ(There("livingroom/status", "online"), Availability::kOnline);
  EXPECT_EQ(There("livingroom/status", "offline"), Availability::kOffline);
  EXPECT_THAT(Complaint({DevicePreset::kEsphome, "livingroom", "", ""}), HasSubstr("object id"));
  EXPECT_THAT(Complaint({DevicePreset::kEsphome, "livingroom", "home", "x"}),
              HasSubstr("no `prefix`"));
}

// https://www.zigbee2mqtt.io/guide/usage/mqtt_topics_and_messages.html
TEST_F(DevicePresetTest, Zigbee2Mqtt) {
  Expand(DevicePreset::kZigbee2Mqtt, "kitchen/floor_light");
  EXPECT_EQ(binding_.command_topic, "zigbee2mqtt/kitchen/floor_light/set");
  EXPECT_EQ(binding_.Payload(true), R"({"state":"ON"})");
  EXPECT_EQ(binding_.Payload(false), R"({"state":"OFF"})");
  EXPECT_EQ(State("zigbee2mqtt/kitchen/floor_light",
                  R"({"state":"ON","brightness":215,"color_temp":325})"),
            kOn);
  EXPECT_EQ(State("zigbee2mqtt/kitchen/floor_light", R"({"linkquality":94,"state":"OFF"})"), kOff);
  EXPECT_EQ(State("zigbee2mqtt/kitchen/floor_light", R"({"action":"single"})"), kNothing);
  EXPECT_EQ(There("zigbee2mqtt/bridge/state", R"({"state":"online"})"), Availability::kOnline);
  EXPECT_EQ(There("zigbee2mqtt/kitchen/floor_light/availability", R"({"state":"offline"})"),
            Availability::kOffline);
  // Before 2.0.
  EXPECT_EQ(There("zigbee2mqtt/bridge/state", "offline"), Availability::kOffline);
}

TEST_F(DevicePresetTest, Zigbee2MqttWithEndpointsAndABaseTopicOfItsOwn) {
  Expand(DevicePreset::kZigbee2Mqtt, "wall", "left", "zigbee");
  EXPECT_EQ(binding_.command_topic, "zigbee/wall/set");
  EXPECT_EQ(binding_.Payload(true), R"({"state_left":"ON"})");
  EXPECT_EQ(State("zigbee/wall", R"({"state_left":"OFF","state_right":"ON"})"), kOff);
  EXPECT_THAT(Complaint({DevicePreset::kZigbee2Mqtt, "wall", "", "\"}"}), HasSubstr("endpoint"));
}

// https://shelly-api-docs.shelly.cloud/gen1/#shelly-plug-plugs-mqtt
TEST_F(DevicePresetTest, ShellyGen1) {
  Expand(DevicePreset::kShellyGen1, "shellyplug-s-C18B12");
  EXPECT_EQ(binding_.command_topic, "shellies/shellyplug-s-C18B12/relay/0/command");
  EXPECT_EQ(binding_.Payload(true), "on");
  EXPECT_EQ(binding_.Payload(false), "off");
  EXPECT_EQ(State("shellies/shellyplug-s-C18B12/relay/0", "on"), kOn);
  EXPECT_EQ(State("shellies/shellyplug-s-C18B12/relay/0", "off"), kOff);
  EXPECT_EQ(State("shellies/shellyplug-s-C18B12/relay/0", "overpower"), kOff);
  EXPECT_EQ(There("shellies/shellyplug-s-C18B12/online", "true"), Availability::kOnline);
  EXPECT_EQ(There("shellies/shellyplug-s-C18B12/online", "false"), Availability::kOffline);
  Expand(DevicePreset::kShellyGen1, "shellyswitch25-1", "1");
  EXPECT_EQ(binding_.command_topic, "shellies/shellyswitch25-1/relay/1/command");
  EXPECT_THAT(Complaint({DevicePreset::kShellyGen1, "x", "", "one"}), HasSubstr("number"));
}

// https://shelly-api-docs.shelly.cloud/gen2/ComponentsAndServices/Mqtt and .../Switch
TEST_F(DevicePresetTest, ShellyGen2) {
  Expand(DevicePreset::kShellyGen2, "shellyplus1-a8032abe54dc");
  EXPECT_EQ(binding_.command_topic, "shellyplus1-a8032abe54dc/command/switch:0");
  EXPECT_EQ(binding_.Payload(true), "on");
  EXPECT_EQ(binding_.Payload(false), "off");
  const std::string status =
      R"({"id":0,"source":"MQTT","output":true,"apower":8.9,"voltage":237.5,)"
      R"("aenergy":{"total":6.532,"by_minute":[45.199,47.141,88.397],"minute_ts":1626935779},)"
      R"("temperature":{"tC":23.5,"tF":74.4}})";
  EXPECT_EQ(State("shellyplus1-a8032abe54dc/status/switch:0", status), kOn);
  EXPECT_EQ(State("shellyplus1-a8032abe54dc/status/switch:0", R"({"id":0,"output":false})"), kOff);
  EXPECT_EQ(There("shellyplus1-a8032abe54dc/online", "true"), Availability::kOnline);
  EXPECT_EQ(There("shellyplus1-a8032abe54dc/online", "false"), Availability::kOffline);
  EXPECT_THAT(Complaint({DevicePreset::kShellyGen2, "x", "shellies", ""}), HasSubstr("prefix"));
  EXPECT_THAT(Complaint({DevicePreset::kNone, "x", "", ""}), HasSubstr("`preset`"));
}

TEST_F(DevicePresetTest, WhatIsSaidOutrightGoesBeforeThePreset) {
  const auto tasmota = ExpandPreset({DevicePreset::kTasmota, "lamp", "", ""});
  DeviceBinding binding;
  binding.state_on = {"AN"};
  binding.state_off = {"AUS"};
  FillFrom(*tasmota, binding);
  EXPECT_EQ(binding.command_topic, "cmnd/lamp/POWER");
  EXPECT_THAT(binding.state_on, ::testing::ElementsAre("AN"));
}

}  // namespace
}  // namespace chatwire::mqtt
