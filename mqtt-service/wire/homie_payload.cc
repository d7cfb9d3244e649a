#include "mqtt-service/wire/homie_payload.h"

#include <nlohmann/json.hpp>

#include "absl/strings/str_cat.h"

namespace chatwire::mqtt {
namespace {

using Json = nlohmann::ordered_json;

/// Of the convention, without its patch level.
constexpr char kConvention[] = "5.0";
constexpr char kDefaultBase[] = "chatwire";

std::string Dump(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace

std::string HomieRootDescription(const std::string& base, const std::vector<std::string>& children,
                                 int64_t version) {
  return Dump({{"homie", kConvention},
               {"version", version},
               {"name", base == kDefaultBase ? "Chatwire" : absl::StrCat("Chatwire ", base)},
               {"children", children}});
}

std::string HomieDescription(const HomieTopics& topics, const Checkbox& checkbox, int64_t version) {
  const std::string& name = checkbox.title.empty() ? checkbox.name : checkbox.title;
  return Dump({{"homie", kConvention},
               {"version", version},
               {"name", name},
               {"root", topics.root_id()},
               {"nodes",
                {{"checkbox",
                  {{"name", name},
                   {"properties",
                    {{"state",
                      {{"name", "State"},
                       {"datatype", "boolean"},
                       {"format", "off,on"},
                       {"settable", true},
                       {"retained", true}}}}}}}}}});
}

std::string HomieState(const Checkbox& checkbox) {
  return checkbox.availability == Availability::kOffline ? "lost" : "ready";
}

std::string HomieBoolean(SwitchState state) {
  if (state == SwitchState::kUnknown) return "";
  return state == SwitchState::kOn ? "true" : "false";
}

std::optional<SwitchAction> ParseHomieBoolean(const std::string& payload) {
  if (payload == "true") return SwitchAction::kOn;
  if (payload == "false") return SwitchAction::kOff;
  return std::nullopt;
}

}  // namespace chatwire::mqtt
