#ifndef CHATWIRE_CLI_FORMAT_ACCOUNT_FORMAT_H_
#define CHATWIRE_CLI_FORMAT_ACCOUNT_FORMAT_H_

#include <string>
#include <vector>

#include "chatwire/xmpp/v1/account_service.pb.h"
#include "cli/table.h"
#include "nlohmann/json_fwd.hpp"

namespace chatwire::cli {

/// {state, state_time, resumed} and, where they are set, {failure: {reason, message},
/// next_attempt_time}.
nlohmann::ordered_json ConnectionJson(const xmpp::v1::Connection& connection);

/// {account, resource, connection, create_time, pending_message_count}.
nlohmann::ordered_json AccountJson(const xmpp::v1::Account& account);

/// One line: `online`, or `failed: WRONG_PASSWORD (the server refused ...)`.
std::string ConnectionText(const xmpp::v1::Connection& connection);

Table AccountTable(const std::vector<xmpp::v1::Account>& accounts);

}  // namespace chatwire::cli

#endif  // CHATWIRE_CLI_FORMAT_ACCOUNT_FORMAT_H_
