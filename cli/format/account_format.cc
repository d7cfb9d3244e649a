#include "cli/format/account_format.h"

#include <nlohmann/json.hpp>

#include "absl/strings/str_cat.h"
#include "cli/format/words.h"

namespace chatwire::cli {

nlohmann::ordered_json ConnectionJson(const xmpp::v1::Connection& connection) {
  nlohmann::ordered_json json = {{"state", WordOf(connection.state())},
                                 {"state_time", JsonTime(connection.state_time())},
                                 {"resumed", connection.resumed()}};
  if (connection.has_failure()) {
    json["failure"] = {{"reason", connection.failure().reason()},
                       {"message", connection.failure().message()}};
  }
  if (connection.has_next_attempt_time()) {
    json["next_attempt_time"] = JsonTime(connection.next_attempt_time());
  }
  return json;
}

nlohmann::ordered_json AccountJson(const xmpp::v1::Account& account) {
  return {{"account", account.account()},
          {"resource", account.resource()},
          {"connection", ConnectionJson(account.connection())},
          {"create_time", JsonTime(account.create_time())},
          {"pending_message_count", account.pending_message_count()}};
}

std::string ConnectionText(const xmpp::v1::Connection& connection) {
  std::string text = WordOf(connection.state());
  if (!connection.has_failure()) return text;
  return absl::StrCat(text, ": ", connection.failure().reason(), " (",
                      connection.failure().message(), ")");
}

Table AccountTable(const std::vector<xmpp::v1::Account>& accounts) {
  Table table{{"ACCOUNT", "STATE", "SINCE", "WAITING", "WHY"}, {}};
  for (const auto& account : accounts) {
    const auto& connection = account.connection();
    const std::string why =
        connection.has_failure()
            ? absl::StrCat(connection.failure().reason(), ": ", connection.failure().message())
            : "";
    table.rows.push_back({account.account(), WordOf(connection.state()),
                          LocalTime(connection.state_time()),
                          absl::StrCat(account.pending_message_count()), why});
  }
  return table;
}

}  // namespace chatwire::cli
