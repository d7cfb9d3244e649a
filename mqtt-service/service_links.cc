#include "mqtt-service/service_links.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"

namespace chatwire::mqtt {
namespace {

constexpr size_t kIdCharacters = 8;

}  // namespace

BrokerOptions WithClientId(BrokerOptions options, const std::string& base,
                           const std::string& store_id) {
  options.client_id =
      absl::StrCat(absl::StrReplaceAll(base, {{"/", "-"}}), "-", store_id.substr(0, kIdCharacters));
  return options;
}

TokenRules RulesOfTokens() {
  return {{"broker", "broker.publish", "broker.subscribe", "checkbox.admin", "checkbox.read",
           "checkbox.set"},
          false};
}

std::vector<InboundFilter> SubscriberFilters(const Topics& topics, const HomeAssistant& home) {
  std::vector<InboundFilter> filters = topics.InboundFilters();
  if (!home.BirthTopic().empty()) filters.push_back({home.BirthTopic(), false});
  return filters;
}

SubscriberSession HomieSession(const HomieTopics& homie, const Topics& topics) {
  SubscriberSession session;
  session.lasting = false;
  session.will_topic = homie::State(homie.RootDevice());
  session.lost = "lost";
  session.goodbye = "disconnected";
  session.tick_topic = topics.BridgeTick();
  return session;
}

SubscriberSession LastingSession(const Topics& topics) {
  SubscriberSession session;
  session.many_retained = topics.DeviceAvailability("+");
  return session;
}

}  // namespace chatwire::mqtt
