#include "xmpp-service/wire/history_proto.h"

#include "absl/strings/str_cat.h"
#include "common/rpc/time.h"
#include "xmpp-service/domain/jid.h"
#include "xmpp-service/wire/event_codec.h"
#include "xmpp-service/wire/history_change.h"

namespace chatwire::xmpp {
namespace {

v1::HistoryMessageType TypeOf(v1::MessageType type) {
  switch (type) {
    case v1::MESSAGE_TYPE_NORMAL:
      return v1::HISTORY_MESSAGE_TYPE_NORMAL;
    case v1::MESSAGE_TYPE_HEADLINE:
      return v1::HISTORY_MESSAGE_TYPE_HEADLINE;
    default:
      return v1::HISTORY_MESSAGE_TYPE_CHAT;
  }
}

/// What messages of chats of two have in both directions.
template <typename Payload>
void FillChat(const Payload& in, v1::HistoryMessage& out) {
  out.set_type(TypeOf(in.type()));
  out.set_to(in.to());
  out.set_body(in.body());
  out.set_message_id(in.message_id());
  *out.mutable_sent_time() = in.sent_time();
  out.set_subject(in.subject());
  out.set_thread(in.thread());
  out.set_xhtml(in.xhtml());
  out.set_reply_to_id(in.reply().message_id());
  out.set_reply_to_author(in.reply().author());
  *out.mutable_attachments() = in.attachments();
}

void Fill(const v1::MessageReceived& in, v1::HistoryMessage& out) {
  FillChat(in, out);
  out.set_from(in.from());
  out.set_body_truncated(in.body_truncated());
  out.set_archive_id(in.archive_id());
}

void Fill(const v1::MessageSent& in, v1::HistoryMessage& out) {
  FillChat(in, out);
  out.set_outgoing(true);
  // What another client has sent came from the server.
  out.set_delivery(in.source() == v1::MESSAGE_SOURCE_API ? v1::HISTORY_DELIVERY_WAITING
                                                         : v1::HISTORY_DELIVERY_SERVER_ACK);
}

std::string OccupantOf(const std::string& room, const std::string& nick) {
  return nick.empty() ? room : absl::StrCat(room, "/", nick);
}

void Fill(const v1::RoomMessageReceived& in, v1::HistoryMessage& out) {
  out.set_type(v1::HISTORY_MESSAGE_TYPE_GROUPCHAT);
  out.set_outgoing(in.own());
  if (in.own()) out.set_delivery(v1::HISTORY_DELIVERY_SERVER_ACK);
  out.set_from(OccupantOf(in.room(), in.nick()));
  out.set_to(in.room());
  out.set_body(in.body());
  out.set_body_truncated(in.body_truncated());
  out.set_message_id(in.message_id());
  out.set_archive_id(in.stanza_id());
  out.set_sender_jid(in.jid());
  *out.mutable_sent_time() = in.sent_time();
}

void Fill(const v1::RoomPrivateMessageReceived& in, v1::HistoryMessage& out) {
  out.set_type(v1::HISTORY_MESSAGE_TYPE_CHAT);
  out.set_from(OccupantOf(in.room(), in.nick()));
  out.set_body(in.body());
  out.set_body_truncated(in.body_truncated());
  out.set_message_id(in.message_id());
  *out.mutable_sent_time() = in.sent_time();
}

v1::HistoryMessage FromEvent(const v1::Event& event) {
  v1::HistoryMessage message;
  message.set_sequence(event.sequence());
  message.set_event_id(event.event_id());
  switch (event.payload_case()) {
    case v1::Event::kMessageReceived:
      Fill(event.message_received(), message);
      break;
    case v1::Event::kMessageSent:
      message.set_from(event.account());
      Fill(event.message_sent(), message);
      break;
    case v1::Event::kRoomMessageReceived:
      Fill(event.room_message_received(), message);
      break;
    case v1::Event::kRoomPrivateMessageReceived:
      message.set_to(event.account());
      Fill(event.room_private_message_received(), message);
      break;
    default:
      break;
  }
  return message;
}

}  // namespace

std::optional<HistoryPlace> HistoryPlaceOf(const v1::Event& event) {
  switch (event.payload_case()) {
    case v1::Event::kMessageReceived: {
      const auto& in = event.message_received();
      // Some clients give an origin id only.
      const std::string& id = in.message_id().empty() ? in.origin_id() : in.message_id();
      return HistoryPlace{BareOf(in.from()), FromProto(in.sent_time()), id, false};
    }
    case v1::Event::kMessageSent: {
      const auto& in = event.message_sent();
      return HistoryPlace{BareOf(in.to()), FromProto(in.sent_time()), in.message_id(), true};
    }
    case v1::Event::kRoomMessageReceived: {
      const auto& in = event.room_message_received();
      const std::string& id = in.stanza_id().empty() ? in.message_id() : in.stanza_id();
      return HistoryPlace{BareOf(in.room()), FromProto(in.sent_time()), id, in.own()};
    }
    case v1::Event::kRoomPrivateMessageReceived: {
      const auto& in = event.room_private_message_received();
      return HistoryPlace{BareOf(in.room()), FromProto(in.sent_time()), in.message_id(), false};
    }
    default:
      return std::nullopt;
  }
}

absl::StatusOr<v1::HistoryMessage> ToHistoryMessage(const StoredMessage& stored) {
  const auto event = DecodeEvent(stored.event);
  if (!event.ok()) return event.status();
  v1::HistoryMessage message = FromEvent(*event);
  v1::HistoryMessage state;
  // What has become of it may be damaged; the message is not.
  if (state.ParseFromString(stored.state)) MergeState(state, message);
  if (stored.displayed) MarkDisplayed(message);
  return message;
}

}  // namespace chatwire::xmpp
