#include "xmpp-service/wire/history_proto.h"

#include "common/rpc/time.h"
#include "xmpp-service/domain/jid.h"

namespace chatwire::xmpp {
namespace {

void Fill(const v1::MessageReceived& in, v1::HistoryMessage& out) {
  out.set_type(v1::HISTORY_MESSAGE_TYPE_CHAT);
  out.set_from(in.from());
  out.set_to(in.to());
  out.set_body(in.body());
  out.set_body_truncated(in.body_truncated());
  out.set_message_id(in.message_id());
  out.set_archive_id(in.archive_id());
  *out.mutable_sent_time() = in.sent_time();
}

void Fill(const v1::MessageSent& in, v1::HistoryMessage& out) {
  out.set_type(v1::HISTORY_MESSAGE_TYPE_CHAT);
  out.set_outgoing(true);
  out.set_to(in.to());
  out.set_body(in.body());
  out.set_message_id(in.message_id());
  *out.mutable_sent_time() = in.sent_time();
}

}  // namespace

std::optional<HistoryPlace> HistoryPlaceOf(const v1::Event& event) {
  switch (event.payload_case()) {
    case v1::Event::kMessageReceived: {
      const auto& message = event.message_received();
      return HistoryPlace{BareOf(message.from()), FromProto(message.sent_time())};
    }
    case v1::Event::kMessageSent: {
      const auto& message = event.message_sent();
      return HistoryPlace{BareOf(message.to()), FromProto(message.sent_time())};
    }
    default:
      return std::nullopt;
  }
}

v1::HistoryMessage ToHistoryMessage(const v1::Event& event) {
  v1::HistoryMessage message;
  if (event.has_message_received()) Fill(event.message_received(), message);
  if (event.has_message_sent()) {
    message.set_from(event.account());
    Fill(event.message_sent(), message);
  }
  message.set_sequence(event.sequence());
  message.set_event_id(event.event_id());
  return message;
}

}  // namespace chatwire::xmpp
