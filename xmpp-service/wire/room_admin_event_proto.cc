#include "xmpp-service/wire/room_admin_event_proto.h"

#include "common/rpc/time.h"

namespace chatwire::xmpp {

void PutEvent(const VoiceRequested& in, v1::Event& event) {
  auto* out = event.mutable_voice_requested();
  out->set_room(in.room);
  out->set_jid(in.jid);
  out->set_nick(in.nick);
}

void PutEvent(const MessageModerated& in, v1::Event& event) {
  auto* out = event.mutable_message_moderated();
  out->set_room(in.room);
  out->set_stanza_id(in.stanza_id);
  out->set_moderator(in.moderator);
  out->set_reason(in.reason);
  *out->mutable_moderate_time() = chatwire::ToProto(in.moderate_time);
}

void PutEvent(const RoomInvitationDeclined& in, v1::Event& event) {
  auto* out = event.mutable_room_invitation_declined();
  out->set_room(in.room);
  out->set_from(in.from);
  out->set_reason(in.reason);
}

}  // namespace chatwire::xmpp
