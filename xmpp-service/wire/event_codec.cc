#include "xmpp-service/wire/event_codec.h"

#include <array>

#include "absl/strings/str_cat.h"
#include "common/rpc/time.h"
#include "xmpp-service/wire/bookmark_proto.h"
#include "xmpp-service/wire/chat_event_proto.h"
#include "xmpp-service/wire/mapping.h"
#include "xmpp-service/wire/profile_proto.h"
#include "xmpp-service/wire/room_admin_event_proto.h"
#include "xmpp-service/wire/room_event_proto.h"

namespace chatwire::xmpp {
namespace {

/// Puts each kind of payload into its field.
struct Setter {
  v1::Event& event;

  /// What happens in chats and rooms.
  template <typename Payload>
  void operator()(const Payload& in) const {
    Fill(in, event);
  }
  void operator()(const ConnectionChanged& in) const {
    *event.mutable_connection_changed()->mutable_connection() = ToProto(in.connection);
  }
  void operator()(const PresenceReceived& in) const {
    event.mutable_presence_received()->set_from(in.from);
    *event.mutable_presence_received()->mutable_presence() = ToProto(in.presence);
  }
  void operator()(const AvatarChanged& in) const { *event.mutable_avatar_changed() = ToProto(in); }
  void operator()(const BlockListChanged& in) const {
    auto* out = event.mutable_block_list_changed();
    for (const std::string& jid : in.blocked) out->add_blocked(jid);
    for (const std::string& jid : in.unblocked) out->add_unblocked(jid);
    out->set_all_unblocked(in.all_unblocked);
  }
  void operator()(const BookmarkChanged& in) const {
    *event.mutable_bookmark_changed() = ToProto(in);
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
  void operator()(const SubscriptionRequested& in) const {
    *event.mutable_subscription_requested()->mutable_request() = ToProto(in.request);
  }
  void operator()(const SubscriptionChanged& in) const {
    *event.mutable_subscription_changed() = ToProto(in);
  }
  void operator()(const VoiceRequested& in) const { PutEvent(in, event); }
  void operator()(const MessageModerated& in) const { PutEvent(in, event); }
  void operator()(const RoomInvitationDeclined& in) const { PutEvent(in, event); }
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
      v1::EVENT_KIND_MESSAGE_RECEIVED,
      v1::EVENT_KIND_MESSAGE_SENT,
      v1::EVENT_KIND_MESSAGE_ACKNOWLEDGED,
      v1::EVENT_KIND_MESSAGE_FAILED,
      v1::EVENT_KIND_CHAT_STATE_RECEIVED,
      v1::EVENT_KIND_CONNECTION_CHANGED,
      v1::EVENT_KIND_PRESENCE_RECEIVED,
      v1::EVENT_KIND_CONTACT_CHANGED,
      v1::EVENT_KIND_MESSAGE_CORRECTED,
      v1::EVENT_KIND_MESSAGE_RETRACTED,
      v1::EVENT_KIND_MESSAGE_REACTED,
      v1::EVENT_KIND_MESSAGE_DELIVERED,
      v1::EVENT_KIND_MESSAGE_MARKED,
      v1::EVENT_KIND_SUBSCRIPTION_REQUESTED,
      v1::EVENT_KIND_SUBSCRIPTION_CHANGED,
      v1::EVENT_KIND_ROOM_MESSAGE_RECEIVED,
      v1::EVENT_KIND_ROOM_MESSAGE_FAILED,
      v1::EVENT_KIND_ROOM_SUBJECT_CHANGED,
      v1::EVENT_KIND_ROOM_JOINED,
      v1::EVENT_KIND_ROOM_LEFT,
      v1::EVENT_KIND_PARTICIPANT_JOINED,
      v1::EVENT_KIND_PARTICIPANT_LEFT,
      v1::EVENT_KIND_PARTICIPANT_CHANGED,
      v1::EVENT_KIND_INVITATION_RECEIVED,
      v1::EVENT_KIND_ROOM_CONFIG_CHANGED,
      v1::EVENT_KIND_ROOM_PRIVATE_MESSAGE_RECEIVED,
      v1::EVENT_KIND_AVATAR_CHANGED,
      v1::EVENT_KIND_VOICE_REQUESTED,
      v1::EVENT_KIND_MESSAGE_MODERATED,
      v1::EVENT_KIND_ROOM_INVITATION_DECLINED,
      v1::EVENT_KIND_BLOCK_LIST_CHANGED,
      v1::EVENT_KIND_BOOKMARK_CHANGED,
      v1::EVENT_KIND_ROOM_MESSAGE_CORRECTED,
      v1::EVENT_KIND_ROOM_MESSAGE_RETRACTED,
      v1::EVENT_KIND_ROOM_MESSAGE_REACTED,
      v1::EVENT_KIND_ROOM_CHAT_STATE_RECEIVED};
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
