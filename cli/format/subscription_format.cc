#include "cli/format/subscription_format.h"

#include <nlohmann/json.hpp>

#include "absl/strings/str_cat.h"
#include "cli/format/words.h"

namespace chatwire::cli {
namespace {

/// What was written with it.
std::string Quoted(const std::string& message) {
  return message.empty() ? "" : absl::StrCat(": ", message);
}

}  // namespace

nlohmann::ordered_json SubscriptionRequestJson(const xmpp::v1::SubscriptionRequest& request) {
  return {{"jid", request.jid()},
          {"message", request.message()},
          {"nickname", request.nickname()},
          {"request_time", JsonTime(request.request_time())}};
}

nlohmann::ordered_json SubscriptionChangedJson(const xmpp::v1::SubscriptionChanged& changed) {
  return {
      {"jid", changed.jid()}, {"change", WordOf(changed.change())}, {"message", changed.message()}};
}

std::string SubscriptionRequestText(const xmpp::v1::SubscriptionRequest& request) {
  return absl::StrCat(request.jid(), " asks to see when this account is online",
                      Quoted(request.message()));
}

std::string SubscriptionChangedText(const xmpp::v1::SubscriptionChanged& changed) {
  return absl::StrCat("subscription of ", changed.jid(), " ", WordOf(changed.change()),
                      Quoted(changed.message()));
}

}  // namespace chatwire::cli
