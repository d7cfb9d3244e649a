#ifndef CHATWIRE_CLI_RPC_MESSAGE_JSON_H_
#define CHATWIRE_CLI_RPC_MESSAGE_JSON_H_

#include <google/protobuf/message.h>

#include <nlohmann/json.hpp>

namespace chatwire::cli {

/// @p message as the program's JSON, the same for every command:
///
/// - fields have the names of the contract, in the contract's order;
/// - enums are words (`SUBSCRIPTION_BOTH` is "both"; UNSPECIFIED is "unknown");
/// - times are RFC 3339 in UTC, durations text such as "1.5s", bytes base64, maps objects;
/// - 64 bit numbers are numbers;
/// - fields that can be absent (messages, `optional`, of a oneof) are left out where they are.
nlohmann::ordered_json MessageJson(const google::protobuf::Message& message);

}  // namespace chatwire::cli

#endif  // CHATWIRE_CLI_RPC_MESSAGE_JSON_H_
