#include "mqtt-service/wire/home_assistant_payload.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "common/uuid.h"

namespace chatwire::mqtt {
namespace {

using Json = nlohmann::ordered_json;

constexpr char kOrigin[] = "chatwire-mqttd";
constexpr char kDefaultBase[] = "chatwire";
constexpr size_t kDigestCharacters = 8;

/// Where an id allows fewer characters than a topic, two bases must not become one.
std::string SafeBase(const std::string& base) {
  std::string safe;
  for (const char c : base) {
    const bool good = absl::ascii_isalnum(static_cast<unsigned char>(c)) || c == '_' || c == '-';
    safe += good ? c : '_';
  }
  if (safe == base && !absl::StrContains(base, "__")) return safe;
  return absl::StrCat(safe, "-",
                      DerivedUuid("chatwire-home-assistant", base).substr(0, kDigestCharacters));
}

std::string BaseId(const Topics& topics) {
  return topics.base() == kDefaultBase ? kDefaultBase
                                       : absl::StrCat("chatwire-", SafeBase(topics.base()));
}

Json Availability(const Topics& topics, const std::string& name) {
  return Json::array(
      {{{"topic", topics.BridgeState()}},
       {{"topic", topics.State(name)},
        // A topic that is cleared has no JSON.
        {"value_template",
         "{{ 'offline' if value_json is defined and value_json.available == false else 'online' "
         "}}"}}});
}

Json Switch(const Topics& topics, const Checkbox& checkbox) {
  const std::string entity = absl::StrReplaceAll(checkbox.name, {{"-", "_"}});
  return {{"p", "switch"},
          {"unique_id", absl::StrCat(BaseId(topics), "_", checkbox.name)},
          {"default_entity_id", absl::StrCat("switch.", entity)},
          {"name", checkbox.title.empty() ? checkbox.name : checkbox.title},
          {"state_topic", topics.State(checkbox.name)},
          // An unknown state is null, of which the template makes None: unknown there, too.
          {"value_template", "{{ value_json.state }}"},
          {"state_on", "ON"},
          {"state_off", "OFF"},
          {"command_topic", topics.Set(checkbox.name)},
          {"payload_on", "ON"},
          {"payload_off", "OFF"},
          {"optimistic", false},
          {"retain", false},
          {"json_attributes_topic", topics.State(checkbox.name)},
          {"availability", Availability(topics, checkbox.name)},
          {"availability_mode", "all"}};
}

/// "Chatwire", "Chatwire home", "Chatwire 2".
std::string DeviceName(const Topics& topics, int number) {
  std::string name = "Chatwire";
  if (topics.base() != kDefaultBase) absl::StrAppend(&name, " ", topics.base());
  if (number > 1) absl::StrAppend(&name, " ", number);
  return name;
}

/// The topic of a component, under either of its names. Empty: there is none.
std::string TopicOf(const Json& component, const char* name, const char* short_name) {
  for (const char* key : {name, short_name}) {
    if (component.contains(key) && component[key].is_string()) {
      return component[key].get<std::string>();
    }
  }
  return "";
}

bool IsOrigin(const Json& config) {
  for (const char* key : {"o", "origin"}) {
    if (config.contains(key) && config[key].is_object() &&
        config[key].value("name", Json()) == kOrigin) {
      return true;
    }
  }
  return false;
}

}  // namespace

std::string HomeAssistantDeviceId(const Topics& topics, int number) {
  return number == 1 ? BaseId(topics) : absl::StrCat(BaseId(topics), "__", number);
}

std::string HomeAssistantPayload(const Topics& topics, int number,
                                 const std::vector<Checkbox>& checkboxes,
                                 const std::vector<std::string>& removed) {
  Json components = Json::object();
  for (const Checkbox& checkbox : checkboxes) {
    components[checkbox.name] = Switch(topics, checkbox);
  }
  for (const std::string& name : removed) components[name] = {{"p", "switch"}};
  const Json config = {{"dev",
                        {{"ids", Json::array({HomeAssistantDeviceId(topics, number)})},
                         {"name", DeviceName(topics, number)},
                         {"mf", "Chatwire"},
                         {"mdl", "Checkboxes"},
                         {"sw", CHATWIRE_VERSION}}},
                       {"o", {{"name", kOrigin}, {"sw", CHATWIRE_VERSION}}},
                       {"qos", 1},
                       {"cmps", components}};
  return config.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::vector<std::string> OwnComponents(const Topics& topics, const std::string& payload) {
  const Json config = Json::parse(payload, nullptr, /*allow_exceptions=*/false);
  if (!config.is_object() || !IsOrigin(config)) return {};
  const auto components = config.find("cmps");
  if (components == config.end() || !components->is_object()) return {};
  std::vector<std::string> names;
  for (const auto& [name, component] : components->items()) {
    if (!component.is_object() || !CheckName(name).ok()) return {};
    const std::string command = TopicOf(component, "command_topic", "cmd_t");
    // Without a topic it is on its way out.
    if (!command.empty() && command != topics.Set(name)) return {};
    if (!command.empty()) names.push_back(name);
  }
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace chatwire::mqtt
