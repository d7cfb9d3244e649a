#include "cli/format/chat_format.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "cli/format/words.h"

namespace chatwire::cli {
namespace {

using Json = nlohmann::ordered_json;

/// What every text may have beside it, whoever sends it.
template <typename Message>
void AddContent(const Message& message, Json& json) {
  json["type"] = WordOf(message.type());
  json["subject"] = message.subject();
  json["thread"] = message.thread();
  json["parent_thread"] = message.parent_thread();
  json["xhtml"] = message.xhtml();
  json["receipt_requested"] = message.receipt_requested();
  json["markable"] = message.markable();
  json["reply"] = nullptr;
  if (!message.has_reply()) return;
  json["reply"] = {{"message_id", message.reply().message_id()},
                   {"author", message.reply().author()},
                   {"quote", message.reply().quote()}};
}

template <typename Message>
void AddAttachments(const Message& message, Json& json) {
  json["attachments"] = Json::array();
  for (const auto& attachment : message.attachments()) {
    json["attachments"].push_back({{"url", attachment.url()},
                                   {"file_name", attachment.file_name()},
                                   {"description", attachment.description()},
                                   {"media_type", attachment.media_type()}});
  }
}

template <typename Message>
std::string Text(const Message& message) {
  if (message.subject().empty()) return message.body();
  return absl::StrCat("[", message.subject(), "] ", message.body());
}

}  // namespace

Json ChatJson(const xmpp::v1::MessageReceived& message) {
  Json json = {{"from", message.from()},
               {"to", message.to()},
               {"body", message.body()},
               {"message_id", message.message_id()},
               {"archive_id", message.archive_id()},
               {"sent_time", JsonTime(message.sent_time())},
               {"from_contact", message.from_contact()},
               {"source", WordOf(message.source())},
               {"body_truncated", message.body_truncated()}};
  AddContent(message, json);
  AddAttachments(message, json);
  json["origin_id"] = message.origin_id();
  json["delayed"] = message.delayed();
  return json;
}

Json ChatJson(const xmpp::v1::MessageSent& message) {
  Json json = {{"to", message.to()},
               {"body", message.body()},
               {"message_id", message.message_id()},
               {"source", WordOf(message.source())},
               {"sent_time", JsonTime(message.sent_time())}};
  AddContent(message, json);
  AddAttachments(message, json);
  return json;
}

Json ChatJson(const xmpp::v1::MessageCorrected& message) {
  Json json = {{"from", message.from()},
               {"to", message.to()},
               {"corrected_message_id", message.corrected_message_id()},
               {"body", message.body()},
               {"body_truncated", message.body_truncated()},
               {"message_id", message.message_id()},
               {"archive_id", message.archive_id()},
               {"sent_time", JsonTime(message.sent_time())},
               {"own", message.own()},
               {"from_contact", message.from_contact()},
               {"source", WordOf(message.source())}};
  AddContent(message, json);
  return json;
}

Json ChatJson(const xmpp::v1::MessageRetracted& message) {
  return {{"from", message.from()},
          {"to", message.to()},
          {"retracted_message_id", message.retracted_message_id()},
          {"message_id", message.message_id()},
          {"sent_time", JsonTime(message.sent_time())},
          {"own", message.own()},
          {"source", WordOf(message.source())}};
}

Json ChatJson(const xmpp::v1::MessageReacted& message) {
  return {{"from", message.from()},
          {"to", message.to()},
          {"target_message_id", message.target_message_id()},
          {"reactions", Json(message.reactions())},
          {"sent_time", JsonTime(message.sent_time())},
          {"own", message.own()},
          {"source", WordOf(message.source())}};
}

Json ChatJson(const xmpp::v1::MessageDelivered& message) {
  return {{"from", message.from()},
          {"message_id", message.message_id()},
          {"sent_time", JsonTime(message.sent_time())},
          {"source", WordOf(message.source())}};
}

Json ChatJson(const xmpp::v1::MessageMarked& message) {
  return {{"from", message.from()},
          {"to", message.to()},
          {"marked_message_id", message.marked_message_id()},
          {"marker", WordOf(message.marker())},
          {"sent_time", JsonTime(message.sent_time())},
          {"own", message.own()},
          {"source", WordOf(message.source())}};
}

std::string ChatText(const xmpp::v1::MessageReceived& message) {
  return absl::StrCat(message.from(), ": ", Text(message));
}

std::string ChatText(const xmpp::v1::MessageSent& message) {
  return absl::StrCat("to ", message.to(), ": ", Text(message));
}

std::string ChatText(const xmpp::v1::MessageCorrected& message) {
  return absl::StrCat(message.from(), " corrected ", message.corrected_message_id(), ": ",
                      Text(message));
}

std::string ChatText(const xmpp::v1::MessageRetracted& message) {
  return absl::StrCat(message.from(), " took back ", message.retracted_message_id());
}

std::string ChatText(const xmpp::v1::MessageReacted& message) {
  const std::string reactions =
      message.reactions().empty() ? "nothing more" : absl::StrJoin(message.reactions(), " ");
  return absl::StrCat(message.from(), " reacted to ", message.target_message_id(), " with ",
                      reactions);
}

std::string ChatText(const xmpp::v1::MessageDelivered& message) {
  return absl::StrCat("message ", message.message_id(), " received by ", message.from());
}

std::string ChatText(const xmpp::v1::MessageMarked& message) {
  return absl::StrCat("message ", message.marked_message_id(), " ", WordOf(message.marker()),
                      " by ", message.from());
}

}  // namespace chatwire::cli
