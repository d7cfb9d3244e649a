// Bindings as programs say them: in the API, and as JSON in a document.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "common/error.h"
#include "mqtt-service/wire/checkbox_json.h"
#include "mqtt-service/wire/checkbox_proto.h"
#include "mqtt-service/wire/device_json.h"
#include "mqtt-service/wire/device_proto.h"

namespace chatwire::mqtt {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using Json = nlohmann::ordered_json;

v1::DeviceBinding Tasmota() {
  v1::DeviceBinding proto;
  proto.set_preset(v1::DEVICE_PRESET_TASMOTA);
  proto.set_topic("lamp");
  return proto;
}

TEST(DeviceProtoTest, APresetIsExpandedAndShownAsWhatItStandsFor) {
  const auto binding = FromProto(Tasmota());
  ASSERT_TRUE(binding.ok()) << binding.status();
  const v1::DeviceBinding shown = ToProto(*binding);
  EXPECT_EQ(shown.command_topic(), "cmnd/lamp/POWER");
  EXPECT_EQ(shown.states(1).value_path(), "POWER");
  EXPECT_EQ(shown.qos(), v1::QUALITY_OF_SERVICE_AT_LEAST_ONCE);
  EXPECT_EQ(shown.preset(), v1::DEVICE_PRESET_UNSPECIFIED);
  // What is shown means the same.
  EXPECT_TRUE(*FromProto(shown) == *binding);
}

TEST(DeviceProtoTest, FieldsGoBeforeThePreset) {
  v1::DeviceBinding proto = Tasmota();
  proto.add_state_on("AN");
  proto.set_qos(v1::QUALITY_OF_SERVICE_AT_MOST_ONCE);
  const auto binding = FromProto(proto);
  ASSERT_TRUE(binding.ok());
  EXPECT_THAT(binding->state_on, ElementsAre("AN"));
  EXPECT_EQ(binding->qos, 0);
}

TEST(DeviceProtoTest, NothingAtAllIsNoDeviceAndHalfOfOneIsWrong) {
  EXPECT_FALSE(FromProto(v1::DeviceBinding())->bound());
  v1::DeviceBinding custom;
  custom.set_preset(v1::DEVICE_PRESET_CUSTOM);
  EXPECT_EQ(ReasonOf(FromProto(custom).status()), "BAD_DEVICE");
  custom.set_command_topic("a");
  EXPECT_TRUE(FromProto(custom).ok());
  custom.set_topic("lamp");
  EXPECT_THAT(std::string(FromProto(custom).status().message()), HasSubstr("preset"));
  v1::DeviceBinding home;
  home.set_preset(v1::DEVICE_PRESET_HOME_ASSISTANT);
  EXPECT_EQ(ReasonOf(FromProto(home).status()), "BAD_DEVICE");
  home.set_home_assistant_config(R"({"cmd_t":"a","stat_t":"b"})");
  EXPECT_EQ(FromProto(home)->states[0].topic, "b");
  home.set_preset(v1::DEVICE_PRESET_TASMOTA);
  EXPECT_EQ(ReasonOf(FromProto(home).status()), "BAD_DEVICE");
  v1::DeviceBinding unknown = Tasmota();
  unknown.set_preset(static_cast<v1::DevicePreset>(99));
  EXPECT_EQ(ReasonOf(FromProto(unknown).status()), "BAD_DEVICE");
  unknown = Tasmota();
  unknown.set_qos(static_cast<v1::QualityOfService>(9));
  EXPECT_EQ(ReasonOf(FromProto(unknown).status()), "BAD_DEVICE");
}

TEST(DeviceProtoTest, ACheckboxIsCreatedAndChangedWithIt) {
  v1::CreateCheckboxRequest request;
  request.set_name("lamp");
  EXPECT_FALSE(ConfigFromProto(request)->device.bound());
  *request.mutable_device() = Tasmota();
  EXPECT_EQ(ConfigFromProto(request)->device.command_topic, "cmnd/lamp/POWER");
  request.mutable_device()->clear_topic();
  EXPECT_EQ(ReasonOf(ConfigFromProto(request).status()), "BAD_DEVICE");

  google::protobuf::FieldMask mask;
  mask.add_paths("device");
  v1::Checkbox checkbox;
  EXPECT_FALSE(ChangeFromProto(checkbox, mask)->device->bound());
  *checkbox.mutable_device() = Tasmota();
  EXPECT_TRUE(ChangeFromProto(checkbox, mask)->device->bound());
  Checkbox bound;
  EXPECT_FALSE(ToProto(bound).has_device());
  bound.device = *FromProto(Tasmota());
  EXPECT_EQ(ToProto(bound).device().command_topic(), "cmnd/lamp/POWER");
}

TEST(DeviceJsonTest, WhatIsWrittenIsReadAgain) {
  CheckboxConfig config;
  config.name = "lamp";
  config.device = *FromProto(Tasmota());
  config.device.qos = 0;
  const std::string line = ConfigJson(config);
  EXPECT_THAT(line, HasSubstr(R"("device":{"command_topic":"cmnd/lamp/POWER")"));
  EXPECT_THAT(line, HasSubstr(R"({"topic":"tele/lamp/STATE","value_path":"POWER"})"));
  const auto lines = ParseConfigDocument(line);
  ASSERT_TRUE(lines.ok());
  EXPECT_TRUE(lines->front().status.ok()) << lines->front().status;
  EXPECT_TRUE(lines->front().config == config);
}

TEST(DeviceJsonTest, APersonWritesLess) {
  const auto zigbee =
      DeviceFromJson(Json::parse(R"({"preset":"zigbee2mqtt","topic":"plug","qos":0})"));
  ASSERT_TRUE(zigbee.ok()) << zigbee.status();
  EXPECT_EQ(zigbee->command_topic, "zigbee2mqtt/plug/set");
  const auto custom = DeviceFromJson(
      Json::parse(R"({"command_topic":"a","payload_on":"1","payload_off":"0","states":["b"],)"
                  R"("state_on":"1","state_off":["0","off"]})"));
  ASSERT_TRUE(custom.ok()) << custom.status();
  EXPECT_EQ(custom->states[0].topic, "b");
  EXPECT_THAT(custom->state_on, ElementsAre("1"));
  const auto home = DeviceFromJson(Json::parse(
      R"({"preset":"home_assistant","home_assistant_config":{"cmd_t":"a","stat_t":"b"}})"));
  ASSERT_TRUE(home.ok()) << home.status();
  EXPECT_EQ(home->command_topic, "a");
}

TEST(DeviceJsonTest, WhatIsWrongIsNamed) {
  const auto complaint = [](const std::string& json, const std::string& reason) {
    const auto binding = DeviceFromJson(Json::parse(json));
    EXPECT_EQ(ReasonOf(binding.status()), reason) << json;
    return std::string(binding.status().message());
  };
  EXPECT_THAT(complaint("[]", "BAD_LINE"), HasSubstr("object"));
  EXPECT_THAT(complaint(R"({"topik":"x"})", "BAD_LINE"), HasSubstr("`topik`"));
  EXPECT_THAT(complaint(R"({"qos":3})", "BAD_LINE"), HasSubstr("`qos`"));
  EXPECT_THAT(complaint(R"({"preset":"sonoff"})", "BAD_LINE"), HasSubstr("`preset`"));
  EXPECT_THAT(complaint(R"({"state_on":[1]})", "BAD_LINE"), HasSubstr("`state_on`"));
  EXPECT_THAT(complaint(R"({"states":[{"tpc":"a"}]})", "BAD_LINE"), HasSubstr("`states`"));
  EXPECT_THAT(complaint(R"({"command_topic":["a"]})", "BAD_LINE"), HasSubstr("`command_topic`"));
  complaint(R"({"preset":"tasmota"})", "BAD_DEVICE");
}

}  // namespace
}  // namespace chatwire::mqtt
