#ifndef CHATWIRE_XMPP_SERVICE_WIRE_ROOM_ADMIN_EVENT_PROTO_H_
#define CHATWIRE_XMPP_SERVICE_WIRE_ROOM_ADMIN_EVENT_PROTO_H_

#include "chatwire/xmpp/v1/event_service.pb.h"
#include "xmpp-service/domain/room_admin_event.h"

namespace chatwire::xmpp {

/// Puts what happened into its field of @p event.
void PutEvent(const VoiceRequested& in, v1::Event& event);
void PutEvent(const MessageModerated& in, v1::Event& event);
void PutEvent(const RoomInvitationDeclined& in, v1::Event& event);

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_WIRE_ROOM_ADMIN_EVENT_PROTO_H_
