#ifndef CHATWIRE_CLI_FORMAT_CHAT_FORMAT_H_
#define CHATWIRE_CLI_FORMAT_CHAT_FORMAT_H_

#include <nlohmann/json.hpp>
#include <string>

#include "chatwire/xmpp/v1/event_service.pb.h"

namespace chatwire::cli {

// Events of chats of two: all fields as JSON, and a line for people.

nlohmann::ordered_json ChatJson(const xmpp::v1::MessageReceived& message);
nlohmann::ordered_json ChatJson(const xmpp::v1::MessageSent& message);
nlohmann::ordered_json ChatJson(const xmpp::v1::MessageCorrected& message);
nlohmann::ordered_json ChatJson(const xmpp::v1::MessageRetracted& message);
nlohmann::ordered_json ChatJson(const xmpp::v1::MessageReacted& message);
nlohmann::ordered_json ChatJson(const xmpp::v1::MessageDelivered& message);
nlohmann::ordered_json ChatJson(const xmpp::v1::MessageMarked& message);

std::string ChatText(const xmpp::v1::MessageReceived& message);
std::string ChatText(const xmpp::v1::MessageSent& message);
std::string ChatText(const xmpp::v1::MessageCorrected& message);
std::string ChatText(const xmpp::v1::MessageRetracted& message);
std::string ChatText(const xmpp::v1::MessageReacted& message);
std::string ChatText(const xmpp::v1::MessageDelivered& message);
std::string ChatText(const xmpp::v1::MessageMarked& message);

}  // namespace chatwire::cli

#endif  // CHATWIRE_CLI_FORMAT_CHAT_FORMAT_H_
