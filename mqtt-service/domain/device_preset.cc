#include "mqtt-service/domain/device_preset.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"

namespace chatwire::mqtt {
namespace {

constexpr size_t kMostDigits = 3;

bool IsNumber(const std::string& text) {
  return !text.empty() && text.size() <= kMostDigits &&
         std::all_of(text.begin(), text.end(),
                     [](char c) { return absl::ascii_isdigit(static_cast<unsigned char>(c)); });
}

/// Part of a JSON key and of a topic.
bool IsPlainWord(const std::string& text) {
  return std::all_of(text.begin(), text.end(), [](char c) {
    return absl::ascii_isalnum(static_cast<unsigned char>(c)) || c == '_' || c == '-';
  });
}

absl::Status NoPrefix(const PresetParameters& parameters) {
  if (parameters.prefix.empty()) return absl::OkStatus();
  return BadDevice("this preset has no `prefix`; everything is below `topic`");
}

/// https://tasmota.github.io/docs/MQTT
absl::StatusOr<DeviceBinding> Tasmota(const PresetParameters& parameters) {
  std::string full_topic = parameters.prefix.empty() ? "%prefix%/%topic%/" : parameters.prefix;
  if (!absl::EndsWith(full_topic, "/")) full_topic += '/';
  if (!absl::StrContains(full_topic, "%prefix%") || !absl::StrContains(full_topic, "%topic%")) {
    return BadDevice(
        "`prefix` is Tasmota's FullTopic, with %prefix% and %topic%, such as %prefix%/%topic%/");
  }
  if (!parameters.channel.empty() && !IsNumber(parameters.channel)) {
    return BadDevice("`channel` is the number of Tasmota's relay, such as 2 for POWER2");
  }
  const auto below = [&](const char* prefix) {
    return absl::StrReplaceAll(full_topic, {{"%prefix%", prefix}, {"%topic%", parameters.topic}});
  };
  const std::string power = absl::StrCat("POWER", parameters.channel);
  DeviceBinding binding;
  binding.command_topic = below("cmnd") + power;
  binding.payload_on = "ON";
  binding.payload_off = "OFF";
  // The telemetry comes by itself, also after a start: what it is stands there, too.
  binding.states = {{below("stat") + power, ""}, {below("tele") + "STATE", power}};
  binding.state_on = {"ON"};
  binding.state_off = {"OFF"};
  binding.availability = {{below("tele") + "LWT", ""}};
  binding.online = {"Online"};
  binding.offline = {"Offline"};
  return binding;
}

/// https://esphome.io/components/mqtt
absl::StatusOr<DeviceBinding> Esphome(const PresetParameters& parameters) {
  const absl::Status good = NoPrefix(parameters);
  if (!good.ok()) return good;
  if (parameters.channel.empty()) {
    return BadDevice("`channel` must be the object id of ESPHome's switch, such as relay_1");
  }
  const std::string below = absl::StrCat(parameters.topic, "/switch/", parameters.channel);
  DeviceBinding binding;
  binding.command_topic = below + "/command";
  binding.payload_on = "ON";
  binding.payload_off = "OFF";
  binding.states = {{below + "/state", ""}};
  binding.state_on = {"ON"};
  binding.state_off = {"OFF"};
  binding.availability = {{parameters.topic + "/status", ""}};
  binding.online = {"online"};
  binding.offline = {"offline"};
  return binding;
}

/// https://www.zigbee2mqtt.io/guide/usage/mqtt_topics_and_messages.html
absl::StatusOr<DeviceBinding> Zigbee2Mqtt(const PresetParameters& parameters) {
  if (!IsPlainWord(parameters.channel)) {
    return BadDevice("`channel` is the endpoint of the switch, such as l1 for state_l1");
  }
  const std::string base = parameters.prefix.empty() ? "zigbee2mqtt" : parameters.prefix;
  const std::string device = absl::StrCat(base, "/", parameters.topic);
  const std::string key =
      parameters.channel.empty() ? "state" : absl::StrCat("state_", parameters.channel);
  DeviceBinding binding;
  binding.command_topic = device + "/set";
  binding.payload_on = absl::StrCat("{\"", key, "\":\"ON\"}");
  binding.payload_off = absl::StrCat("{\"", key, "\":\"OFF\"}");
  binding.states = {{device, key}};
  binding.state_on = {"ON"};
  binding.state_off = {"OFF"};
  binding.availability = {{base + "/bridge/state", "state"}, {device + "/availability", "state"}};
  binding.online = {"online"};
  binding.offline = {"offline"};
  return binding;
}

absl::StatusOr<std::string> ShellyChannel(const PresetParameters& parameters) {
  if (parameters.channel.empty()) return std::string("0");
  if (IsNumber(parameters.channel)) return parameters.channel;
  return BadDevice("`channel` is the number of the Shelly's relay, from 0");
}

/// https://shelly-api-docs.shelly.cloud/gen1/#mqtt-support
absl::StatusOr<DeviceBinding> ShellyGen1(const PresetParameters& parameters) {
  const auto channel = ShellyChannel(parameters);
  if (!channel.ok()) return channel.status();
  const std::string device = absl::StrCat(
      parameters.prefix.empty() ? "shellies" : parameters.prefix, "/", parameters.topic);
  const std::string relay = absl::StrCat(device, "/relay/", *channel);
  DeviceBinding binding;
  binding.command_topic = relay + "/command";
  binding.payload_on = "on";
  binding.payload_off = "off";
  binding.states = {{relay, ""}};
  binding.state_on = {"on"};
  // What a plug says when it has turned itself off.
  binding.state_off = {"off", "overpower"};
  binding.availability = {{device + "/online", ""}};
  binding.online = {"true"};
  binding.offline = {"false"};
  return binding;
}

/// https://shelly-api-docs.shelly.cloud/gen2/ComponentsAndServices/Mqtt
absl::StatusOr<DeviceBinding> ShellyGen2(const PresetParameters& parameters) {
  absl::Status good = NoPrefix(parameters);
  if (!good.ok()) return good;
  const auto channel = ShellyChannel(parameters);
  if (!channel.ok()) return channel.status();
  DeviceBinding binding;
  binding.command_topic = absl::StrCat(parameters.topic, "/command/switch:", *channel);
  binding.payload_on = "on";
  binding.payload_off = "off";
  binding.states = {{absl::StrCat(parameters.topic, "/status/switch:", *channel), "output"}};
  binding.state_on = {"true"};
  binding.state_off = {"false"};
  binding.availability = {{parameters.topic + "/online", ""}};
  binding.online = {"true"};
  binding.offline = {"false"};
  return binding;
}

template <typename T>
void FillOne(const T& from, T& into) {
  if (into.empty()) into = from;
}

}  // namespace

absl::StatusOr<DeviceBinding> ExpandPreset(const PresetParameters& parameters) {
  if (parameters.topic.empty()) {
    return BadDevice("`topic` must say what the device is called on MQTT");
  }
  switch (parameters.preset) {
    case DevicePreset::kTasmota:
      return Tasmota(parameters);
    case DevicePreset::kEsphome:
      return Esphome(parameters);
    case DevicePreset::kZigbee2Mqtt:
      return Zigbee2Mqtt(parameters);
    case DevicePreset::kShellyGen1:
      return ShellyGen1(parameters);
    case DevicePreset::kShellyGen2:
      return ShellyGen2(parameters);
    case DevicePreset::kNone:
      break;
  }
  return BadDevice("`preset` is none that is known");
}

void FillFrom(const DeviceBinding& preset, DeviceBinding& binding) {
  FillOne(preset.command_topic, binding.command_topic);
  FillOne(preset.payload_on, binding.payload_on);
  FillOne(preset.payload_off, binding.payload_off);
  FillOne(preset.states, binding.states);
  FillOne(preset.state_on, binding.state_on);
  FillOne(preset.state_off, binding.state_off);
  FillOne(preset.availability, binding.availability);
  FillOne(preset.online, binding.online);
  FillOne(preset.offline, binding.offline);
}

}  // namespace chatwire::mqtt
