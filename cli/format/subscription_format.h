#ifndef CHATWIRE_CLI_FORMAT_SUBSCRIPTION_FORMAT_H_
#define CHATWIRE_CLI_FORMAT_SUBSCRIPTION_FORMAT_H_

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "chatwire/xmpp/v1/subscription_event.pb.h"

namespace chatwire::cli {

nlohmann::ordered_json SubscriptionRequestJson(const xmpp::v1::SubscriptionRequest& request);
nlohmann::ordered_json SubscriptionChangedJson(const xmpp::v1::SubscriptionChanged& changed);

/// On one line, for people.
std::string SubscriptionRequestText(const xmpp::v1::SubscriptionRequest& request);
std::string SubscriptionChangedText(const xmpp::v1::SubscriptionChanged& changed);

}  // namespace chatwire::cli

#endif  // CHATWIRE_CLI_FORMAT_SUBSCRIPTION_FORMAT_H_
