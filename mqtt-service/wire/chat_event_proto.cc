#include "mqtt-service/wire/chat_event_proto.h"

#include <algorithm>

#include "common/rpc/time.h"

namespace chatwire::mqtt {
namespace {

ChatSource SourceFromProto(xmpp::v1::MessageSource source) {
  switch (source) {
    case xmpp::v1::MESSAGE_SOURCE_ARCHIVE:
      return ChatSource::kArchive;
    case xmpp::v1::MESSAGE_SOURCE_CARBON:
      return ChatSource::kCarbon;
    case xmpp::v1::MESSAGE_SOURCE_API:
      return ChatSource::kApi;
    default:
      return ChatSource::kLive;
  }
}

ChatEvent Common(const xmpp::v1::Event& event) {
  ChatEvent chat;
  chat.event_id = event.event_id();
  chat.account = event.account();
  return chat;
}

/// Chat clients send a file as a text that is nothing but its address.
bool IsFileAddress(const xmpp::v1::MessageReceived& message) {
  return std::any_of(
      message.attachments().begin(), message.attachments().end(),
      [&](const xmpp::v1::Attachment& file) { return file.url() == message.body(); });
}

}  // namespace

std::optional<ChatEvent> FromProto(const xmpp::v1::Event& event) {
  ChatEvent chat = Common(event);
  if (event.has_message_received()) {
    const auto& message = event.message_received();
    chat.from = message.from();
    chat.to = message.to();
    chat.body = message.body();
    chat.body_truncated = message.body_truncated();
    chat.message_id = message.message_id();
    chat.source = SourceFromProto(message.source());
    chat.sent_time = chatwire::FromProto(message.sent_time());
    chat.from_contact = message.from_contact();
    chat.only_to_read = message.type() == xmpp::v1::MESSAGE_TYPE_HEADLINE || IsFileAddress(message);
    return chat;
  }
  if (event.has_message_sent()) {
    const auto& message = event.message_sent();
    chat.sent = true;
    chat.to = message.to();
    chat.body = message.body();
    chat.message_id = message.message_id();
    chat.source = SourceFromProto(message.source());
    chat.sent_time = chatwire::FromProto(message.sent_time());
    return chat;
  }
  return std::nullopt;
}

}  // namespace chatwire::mqtt
