#include "xmpp-service/wire/event_codec.h"

#include <array>

#include "absl/strings/str_cat.h"
#include "common/rpc/time.h"
#include "xmpp-service/wire/mapping.h"

namespace chatwire::xmpp {
namespace {

v1::MessageSource SourceToProto(MessageSource source) {
  switch (source) {
    case MessageSource::kLive:
      return v1::MESSAGE_SOURCE_LIVE;
    case MessageSource::kArchive:
      return v1::MESSAGE_SOURCE_ARCHIVE;
    case MessageSource::kCarbon:
      return v1::MESSAGE_SOURCE_CARBON;
    case MessageSource::kApi:
      return v1::MESSAGE_SOURCE_API;
  }
  return v1::MESSAGE_SOURCE_UNSPECIFIED;
}

/// Puts each kind of payload into its field.
struct Setter {
  v1::Event& event;

  void operator()(const MessageReceived& in) const {
    auto* out = event.mutable_message_received();
    out->set_from(in.from);
    out->set_to(in.to);
    out->set_body(in.body);
    out->set_message_id(in.message_id);
    out->set_archive_id(in.archive_id);
    *out->mutable_sent_time() = chatwire::ToProto(in.sent_time);
    out->set_from_contact(in.from_contact);
    out->set_source(SourceToProto(in.source));
    out->set_body_truncated(in.body_truncated);
  }
  void operator()(const MessageSent& in) const {
    auto* out = event.mutable_message_sent();
    out->set_to(in.to);
    out->set_body(in.body);
    out->set_message_id(in.message_id);
    out->set_source(SourceToProto(in.source));
    *out->mutable_sent_time() = chatwire::ToProto(in.sent_time);
  }
  void operator()(const MessageAcknowledged& in) const {
    event.mutable_message_acknowledged()->set_to(in.to);
    event.mutable_message_acknowledged()->set_message_id(in.message_id);
  }
  void operator()(const MessageFailed& in) const {
    auto* out = event.mutable_message_failed();
    out->set_to(in.to);
    out->set_message_id(in.message_id);
    out->set_condition(in.error.condition);
    out->set_text(in.error.text);
  }
  void operator()(const ChatStateReceived& in) const {
    event.mutable_chat_state_received()->set_from(in.from);
    event.mutable_chat_state_received()->set_state(ToProto(in.state));
  }
  void operator()(const ConnectionChanged& in) const {
    *event.mutable_connection_changed()->mutable_connection() = ToProto(in.connection);
  }
  void operator()(const PresenceReceived& in) const {
    event.mutable_presence_received()->set_from(in.from);
    *event.mutable_presence_received()->mutable_presence() = ToProto(in.presence);
  }
  void operator()(const ContactChanged& in) const {
    auto* out = event.mutable_contact_changed();
    out->set_removed(in.removed);
    if (in.removed) {
      out->mutable_contact()->set_jid(in.contact.jid);
    } else {
      *out->mutable_contact() = ToProto(in.contact);
    }
  }
};

}  // namespace

v1::Event ToProto(const Event& event) {
  v1::Event proto;
  proto.set_event_id(event.event_id);
  proto.set_account(event.account);
  *proto.mutable_create_time() = chatwire::ToProto(event.create_time);
  std::visit(Setter{proto}, event.payload);
  return proto;
}

v1::EventKind KindOf(const EventPayload& payload) {
  // In the order of the variant.
  constexpr std::array<v1::EventKind, std::variant_size_v<EventPayload>> kKinds = {
      v1::EVENT_KIND_MESSAGE_RECEIVED,     v1::EVENT_KIND_MESSAGE_SENT,
      v1::EVENT_KIND_MESSAGE_ACKNOWLEDGED, v1::EVENT_KIND_MESSAGE_FAILED,
      v1::EVENT_KIND_CHAT_STATE_RECEIVED,  v1::EVENT_KIND_CONNECTION_CHANGED,
      v1::EVENT_KIND_PRESENCE_RECEIVED,    v1::EVENT_KIND_CONTACT_CHANGED};
  return kKinds[payload.index()];
}

std::string EncodeEvent(const Event& event) { return ToProto(event).SerializeAsString(); }

absl::StatusOr<v1::Event> DecodeEvent(const StoredEvent& stored) {
  v1::Event event;
  if (!event.ParseFromString(stored.encoded)) {
    return absl::DataLossError(
        absl::StrCat("event ", stored.sequence, " of the journal is damaged"));
  }
  event.set_sequence(stored.sequence);
  return event;
}

}  // namespace chatwire::xmpp
