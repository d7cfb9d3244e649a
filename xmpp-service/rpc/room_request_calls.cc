// What is asked of a room with a message, and of its moderators: the effects come once.
#include <utility>

#include "xmpp-service/domain/room_moderation_port.h"
#include "xmpp-service/domain/room_request_port.h"
#include "xmpp-service/domain/session_ports.h"
#include "xmpp-service/rpc/room_admin_call.h"
#include "xmpp-service/rpc/room_admin_input.h"
#include "xmpp-service/rpc/room_admin_service.h"

namespace chatwire::xmpp {

RoomAdminService::Reactor* RoomAdminService::InviteToRoom(Context* context,
                                                          const v1::InviteToRoomRequest* request,
                                                          v1::InviteToRoomResponse* response) {
  auto invitations = ToDomain(*request);
  const auto room = RoomOf(*request, {invitations.status()});
  using Results = std::vector<ItemResult>;
  return AskSessionOnce<Results>(
      context, context_, scope::kRoom, *request, response, room.status(),
      [invitations = std::move(invitations)](Session& session, Completion<Results> done) {
        auto step = [requests = session.ports().room_requests, all = *invitations](
                        size_t index, Completion<bool> sent) {
          requests->Invite(all[index], std::move(sent));
        };
        ForEachInOrder(JidsOf(*invitations, &OutgoingInvitation::invitee), std::move(step),
                       std::move(done));
      },
      [](const Results& results, v1::InviteToRoomResponse* filled) {
        PutResults(results, filled->mutable_results());
      });
}

RoomAdminService::Reactor* RoomAdminService::SetSubject(Context* context,
                                                        const v1::SetSubjectRequest* request,
                                                        v1::SetSubjectResponse* response) {
  const auto room = RoomOf(*request, {CheckRoomSubject(request->subject())});
  return ActOnce(context, context_, *request, response, room.status(),
                 [room, subject = request->subject()](Session& session, Completion<bool> done) {
                   session.ports().room_requests->SetSubject(*room, subject, std::move(done));
                 });
}

RoomAdminService::Reactor* RoomAdminService::RequestVoice(Context* context,
                                                          const v1::RequestVoiceRequest* request,
                                                          v1::RequestVoiceResponse* response) {
  const auto room = RoomOf(*request);
  return ActOnce(context, context_, *request, response, room.status(),
                 [room](Session& session, Completion<bool> done) {
                   session.ports().room_requests->RequestVoice(*room, std::move(done));
                 });
}

RoomAdminService::Reactor* RoomAdminService::AnswerVoiceRequest(
    Context* context, const v1::AnswerVoiceRequestRequest* request,
    v1::AnswerVoiceRequestResponse* response) {
  const auto jid = Jid::Parse(request->jid());
  const auto room = RoomOf(*request, {jid.status(), CheckRoomNick(request->nick())});
  return ActOnce(context, context_, *request, response, room.status(),
                 [room, jid, nick = request->nick(), grant = request->grant()](
                     Session& session, Completion<bool> done) {
                   session.ports().room_requests->AnswerVoiceRequest(*room, jid->Full(), nick,
                                                                     grant, std::move(done));
                 });
}

RoomAdminService::Reactor* RoomAdminService::ModerateMessage(
    Context* context, const v1::ModerateMessageRequest* request,
    v1::ModerateMessageResponse* response) {
  const auto room =
      RoomOf(*request, {CheckStanzaId(request->stanza_id()), CheckRoomReason(request->reason())});
  return ActOnce(context, context_, *request, response, room.status(),
                 [room, id = request->stanza_id(), reason = request->reason()](
                     Session& session, Completion<bool> done) {
                   session.ports().room_moderation->Moderate(*room, id, reason, std::move(done));
                 });
}

}  // namespace chatwire::xmpp
