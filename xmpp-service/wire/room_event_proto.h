#ifndef CHATWIRE_XMPP_SERVICE_WIRE_ROOM_EVENT_PROTO_H_
#define CHATWIRE_XMPP_SERVICE_WIRE_ROOM_EVENT_PROTO_H_

#include "chatwire/xmpp/v1/event_service.pb.h"
#include "chatwire/xmpp/v1/room_service.pb.h"
#include "xmpp-service/domain/room_event.h"

namespace chatwire::xmpp {

/// What happens in rooms, put into its field of the event.

void Fill(const RoomMessageReceived& in, v1::Event& event);
void Fill(const RoomMessageCorrected& in, v1::Event& event);
void Fill(const RoomMessageRetracted& in, v1::Event& event);
void Fill(const RoomMessageReacted& in, v1::Event& event);
void Fill(const RoomChatStateReceived& in, v1::Event& event);
void Fill(const RoomMessageFailed& in, v1::Event& event);
void Fill(const RoomSubjectChanged& in, v1::Event& event);
void Fill(const RoomJoined& in, v1::Event& event);
void Fill(const RoomLeft& in, v1::Event& event);
void Fill(const ParticipantJoined& in, v1::Event& event);
void Fill(const ParticipantLeft& in, v1::Event& event);
void Fill(const ParticipantChanged& in, v1::Event& event);
void Fill(const InvitationReceived& in, v1::Event& event);
void Fill(const RoomConfigChanged& in, v1::Event& event);
void Fill(const RoomPrivateMessageReceived& in, v1::Event& event);

/// What rooms are and who is there, as the API shows it.

v1::Participant ToProto(const Participant& participant);
v1::RoomInvitation ToProto(const RoomInvitation& invitation);
v1::JoinedRoom ToProto(const JoinedRoom& room);
v1::RoomInfo ToProto(const RoomInfo& info);

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_WIRE_ROOM_EVENT_PROTO_H_
