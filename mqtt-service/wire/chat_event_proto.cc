#include "mqtt-service/wire/chat_event_proto.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "common/rpc/time.h"

namespace chatwire::mqtt {
namespace {

// The domain's numbers are those of the API.
static_assert(static_cast<int>(RoomRole::kModerator) == xmpp::v1::ROOM_ROLE_MODERATOR);
static_assert(static_cast<int>(RoomAffiliation::kOwner) == xmpp::v1::ROOM_AFFILIATION_OWNER);

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
template <typename Message>
bool IsFileAddress(const Message& message) {
  return std::any_of(
      message.attachments().begin(), message.attachments().end(),
      [&](const xmpp::v1::Attachment& file) { return file.url() == message.body(); });
}

/// What a message has that came from @p message's nick in its room.
template <typename Message>
void FillRoom(const Message& message, ChatPlace place, ChatEvent& chat) {
  chat.place = place;
  chat.from = absl::StrCat(message.room(), "/", message.nick());
  chat.to = chat.account;
  chat.body = message.body();
  chat.body_truncated = message.body_truncated();
  chat.message_id = message.message_id();
  chat.sent_time = chatwire::FromProto(message.sent_time());
  chat.from_contact = message.from_contact();
  chat.speaker.role = static_cast<RoomRole>(message.role());
  chat.speaker.affiliation = static_cast<RoomAffiliation>(message.affiliation());
  chat.speaker.jid = message.jid();
  chat.speaker.occupant_id = message.occupant_id();
}

ChatEvent InRoom(const xmpp::v1::RoomMessageReceived& message, ChatEvent chat) {
  FillRoom(message, ChatPlace::kRoom, chat);
  chat.sent = message.own();
  // The past is over, and what has no nick is the room's own word.
  chat.only_to_read = message.delayed() || message.nick().empty() || IsFileAddress(message);
  chat.speaker.account_nick = message.account_nick();
  chat.speaker.stanza_id = message.stanza_id();
  return chat;
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
  if (event.has_room_message_received()) return InRoom(event.room_message_received(), chat);
  if (event.has_room_private_message_received()) {
    FillRoom(event.room_private_message_received(), ChatPlace::kRoomPrivate, chat);
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
