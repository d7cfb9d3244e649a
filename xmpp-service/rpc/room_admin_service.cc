#include "xmpp-service/rpc/room_admin_service.h"

#include <initializer_list>
#include <utility>

#include "common/error.h"
#include "xmpp-service/domain/for_each_in_order.h"
#include "xmpp-service/domain/room_moderation_port.h"
#include "xmpp-service/domain/room_request_port.h"
#include "xmpp-service/domain/room_setup.h"
#include "xmpp-service/domain/session_ports.h"
#include "xmpp-service/rpc/paging.h"
#include "xmpp-service/rpc/room_admin_input.h"
#include "xmpp-service/rpc/scopes.h"
#include "xmpp-service/rpc/session_call.h"
#include "xmpp-service/wire/data_form_proto.h"

namespace chatwire::xmpp {
namespace {

/// The room of a call with an effect, when it and all of @p checks are well.
template <typename Request>
absl::StatusOr<std::string> RoomOf(const Request& request,
                                   std::initializer_list<absl::Status> checks = {}) {
  auto room = CheckedRoom(request.room());
  if (!room.ok()) return room;
  if (absl::Status id = CheckRoomRequestId(request.request_id()); !id.ok()) return id;
  for (const absl::Status& check : checks) {
    if (!check.ok()) return check;
  }
  return room;
}

/// For an answer without content.
void Nothing(bool) {}

/// What bad input is answered with; who may not call at all is told that instead.
template <typename Request>
grpc::ServerUnaryReactor* Refuse(grpc::CallbackServerContext* context,
                                 const ServiceContext& services, const Request& request,
                                 const absl::Status& bad_input) {
  const auto account = AuthorizeAccount(*context, services.tokens, scope::kRoom, request.account());
  return Answer(context, account.ok() ? bad_input : account.status());
}

template <typename Results>
void PutResults(const std::vector<ItemResult>& from, Results* to) {
  for (const ItemResult& item : from) {
    auto* result = to->Add();
    result->set_jid(item.jid);
    result->set_done(item.status.ok());
    if (item.status.ok()) continue;
    result->set_error_reason(ReasonOf(item.status));
    result->set_error_message(std::string(item.status.message()));
  }
}

template <typename Item, typename Name>
std::vector<std::string> JidsOf(const std::vector<Item>& items, Name name) {
  std::vector<std::string> jids;
  for (const Item& item : items) jids.push_back(item.*name);
  return jids;
}

}  // namespace

RoomAdminService::Reactor* RoomAdminService::GetRoomConfiguration(
    Context* context, const v1::GetRoomConfigurationRequest* request,
    v1::GetRoomConfigurationResponse* response) {
  const auto room = CheckedRoom(request->room());
  if (!room.ok()) return Refuse(context, context_, *request, room.status());
  return AskSession<DataForm>(
      context, context_, scope::kRoom, request->account(),
      [room = *room](Session& session, Completion<DataForm> done) {
        session.ports().room_admin->GetConfiguration(room, std::move(done));
      },
      [response](const DataForm& form) { *response->mutable_configuration() = ToProto(form); });
}

RoomAdminService::Reactor* RoomAdminService::ConfigureRoom(Context* context,
                                                           const v1::ConfigureRoomRequest* request,
                                                           v1::ConfigureRoomResponse*) {
  const auto answer = ToAnswer(request->configuration());
  const auto room = RoomOf(*request, {answer.status()});
  if (!room.ok()) return Refuse(context, context_, *request, room.status());
  return AskSession<bool>(
      context, context_, scope::kRoom, request->account(),
      [room = *room, answer = *answer](Session& session, Completion<bool> done) {
        chatwire::xmpp::ConfigureRoom(*session.ports().room_admin, room, answer, std::move(done));
      },
      Nothing);
}

RoomAdminService::Reactor* RoomAdminService::DestroyRoom(Context* context,
                                                         const v1::DestroyRoomRequest* request,
                                                         v1::DestroyRoomResponse*) {
  absl::Status alternative;
  if (!request->alternative().empty()) alternative = Jid::Parse(request->alternative()).status();
  const auto room = RoomOf(*request, {CheckRoomReason(request->reason()), alternative});
  if (!room.ok()) return Refuse(context, context_, *request, room.status());
  return AskSession<bool>(
      context, context_, scope::kRoom, request->account(),
      [room = *room, other = request->alternative(), reason = request->reason()](
          Session& session, Completion<bool> done) {
        session.ports().room_admin->Destroy(room, other, reason, std::move(done));
      },
      Nothing);
}

RoomAdminService::Reactor* RoomAdminService::KickParticipant(
    Context* context, const v1::KickParticipantRequest* request, v1::KickParticipantResponse*) {
  const auto room =
      RoomOf(*request, {CheckRoomNick(request->nick()), CheckRoomReason(request->reason())});
  if (!room.ok()) return Refuse(context, context_, *request, room.status());
  return AskSession<bool>(
      context, context_, scope::kRoom, request->account(),
      [room = *room, nick = request->nick(), reason = request->reason()](Session& session,
                                                                         Completion<bool> done) {
        session.ports().room_admin->SetRole(room, nick, RoomRole::kNone, reason, std::move(done));
      },
      Nothing);
}

RoomAdminService::Reactor* RoomAdminService::SetRole(Context* context,
                                                     const v1::SetRoleRequest* request,
                                                     v1::SetRoleResponse*) {
  const auto role = ToAssignableRole(request->role());
  const auto room = RoomOf(*request, {CheckRoomNick(request->nick()), role.status(),
                                      CheckRoomReason(request->reason())});
  if (!room.ok()) return Refuse(context, context_, *request, room.status());
  return AskSession<bool>(
      context, context_, scope::kRoom, request->account(),
      [room = *room, nick = request->nick(), role = *role, reason = request->reason()](
          Session& session, Completion<bool> done) {
        session.ports().room_admin->SetRole(room, nick, role, reason, std::move(done));
      },
      Nothing);
}

RoomAdminService::Reactor* RoomAdminService::ListAffiliations(
    Context* context, const v1::ListAffiliationsRequest* request,
    v1::ListAffiliationsResponse* response) {
  const auto room = CheckedRoom(request->room());
  if (!room.ok()) return Refuse(context, context_, *request, room.status());
  const auto affiliation = ToListedAffiliation(request->affiliation());
  if (!affiliation.ok()) return Refuse(context, context_, *request, affiliation.status());
  const auto page = ParsePage(request->page_size(), request->page_token());
  if (!page.ok()) return Refuse(context, context_, *request, page.status());
  using Affiliates = std::vector<RoomAffiliate>;
  return AskSession<Affiliates>(
      context, context_, scope::kRoom, request->account(),
      [room = *room, affiliation = *affiliation](Session& session, Completion<Affiliates> done) {
        session.ports().room_admin->ListAffiliates(room, affiliation, std::move(done));
      },
      [response, page = *page](const Affiliates& affiliates) {
        for (const RoomAffiliate& affiliate : affiliates) {
          if (affiliate.jid <= page.after) continue;
          if (static_cast<size_t>(response->affiliates_size()) == page.limit) {
            response->set_next_page_token(
                PageTokenAfter(response->affiliates(response->affiliates_size() - 1).jid()));
            return;
          }
          auto* entry = response->add_affiliates();
          entry->set_jid(affiliate.jid);
          entry->set_affiliation(static_cast<v1::RoomAffiliation>(affiliate.affiliation));
          entry->set_nick(affiliate.nick);
          entry->set_reason(affiliate.reason);
        }
      });
}

RoomAdminService::Reactor* RoomAdminService::SetAffiliations(
    Context* context, const v1::SetAffiliationsRequest* request,
    v1::SetAffiliationsResponse* response) {
  const auto changes = ToDomain(*request);
  const auto room = RoomOf(*request, {changes.status()});
  if (!room.ok()) return Refuse(context, context_, *request, room.status());
  return AskSession<std::vector<ItemResult>>(
      context, context_, scope::kRoom, request->account(),
      [room = *room, changes = *changes](Session& session,
                                         Completion<std::vector<ItemResult>> done) {
        auto step = [admin = session.ports().room_admin, room, changes](size_t index,
                                                                        Completion<bool> set) {
          admin->SetAffiliation(room, changes[index], std::move(set));
        };
        ForEachInOrder(JidsOf(changes, &RoomAffiliate::jid), std::move(step), std::move(done));
      },
      [response](const std::vector<ItemResult>& results) {
        PutResults(results, response->mutable_results());
      });
}

RoomAdminService::Reactor* RoomAdminService::InviteToRoom(Context* context,
                                                          const v1::InviteToRoomRequest* request,
                                                          v1::InviteToRoomResponse* response) {
  const auto invitations = ToDomain(*request);
  const auto room = RoomOf(*request, {invitations.status()});
  if (!room.ok()) return Refuse(context, context_, *request, room.status());
  return AskSession<std::vector<ItemResult>>(
      context, context_, scope::kRoom, request->account(),
      [invitations = *invitations](Session& session, Completion<std::vector<ItemResult>> done) {
        auto step = [requests = session.ports().room_requests, invitations](size_t index,
                                                                            Completion<bool> sent) {
          requests->Invite(invitations[index], std::move(sent));
        };
        ForEachInOrder(JidsOf(invitations, &OutgoingInvitation::invitee), std::move(step),
                       std::move(done));
      },
      [response](const std::vector<ItemResult>& results) {
        PutResults(results, response->mutable_results());
      });
}

RoomAdminService::Reactor* RoomAdminService::SetSubject(Context* context,
                                                        const v1::SetSubjectRequest* request,
                                                        v1::SetSubjectResponse*) {
  const auto room = RoomOf(*request, {CheckRoomSubject(request->subject())});
  if (!room.ok()) return Refuse(context, context_, *request, room.status());
  return AskSession<bool>(
      context, context_, scope::kRoom, request->account(),
      [room = *room, subject = request->subject()](Session& session, Completion<bool> done) {
        session.ports().room_requests->SetSubject(room, subject, std::move(done));
      },
      Nothing);
}

RoomAdminService::Reactor* RoomAdminService::RequestVoice(Context* context,
                                                          const v1::RequestVoiceRequest* request,
                                                          v1::RequestVoiceResponse*) {
  const auto room = RoomOf(*request);
  if (!room.ok()) return Refuse(context, context_, *request, room.status());
  return AskSession<bool>(
      context, context_, scope::kRoom, request->account(),
      [room = *room](Session& session, Completion<bool> done) {
        session.ports().room_requests->RequestVoice(room, std::move(done));
      },
      Nothing);
}

RoomAdminService::Reactor* RoomAdminService::AnswerVoiceRequest(
    Context* context, const v1::AnswerVoiceRequestRequest* request,
    v1::AnswerVoiceRequestResponse*) {
  const auto jid = Jid::Parse(request->jid());
  const auto room = RoomOf(*request, {jid.status(), CheckRoomNick(request->nick())});
  if (!room.ok()) return Refuse(context, context_, *request, room.status());
  return AskSession<bool>(
      context, context_, scope::kRoom, request->account(),
      [room = *room, jid = jid->Full(), nick = request->nick(), grant = request->grant()](
          Session& session, Completion<bool> done) {
        session.ports().room_requests->AnswerVoiceRequest(room, jid, nick, grant, std::move(done));
      },
      Nothing);
}

RoomAdminService::Reactor* RoomAdminService::ModerateMessage(
    Context* context, const v1::ModerateMessageRequest* request, v1::ModerateMessageResponse*) {
  const auto room =
      RoomOf(*request, {CheckStanzaId(request->stanza_id()), CheckRoomReason(request->reason())});
  if (!room.ok()) return Refuse(context, context_, *request, room.status());
  return AskSession<bool>(
      context, context_, scope::kRoom, request->account(),
      [room = *room, id = request->stanza_id(), reason = request->reason()](Session& session,
                                                                            Completion<bool> done) {
        session.ports().room_moderation->Moderate(room, id, reason, std::move(done));
      },
      Nothing);
}

RoomAdminService::Reactor* RoomAdminService::RegisterNick(Context* context,
                                                          const v1::RegisterNickRequest* request,
                                                          v1::RegisterNickResponse* response) {
  const auto room = RoomOf(*request, {CheckRoomNick(request->nick())});
  if (!room.ok()) return Refuse(context, context_, *request, room.status());
  return AskSession<std::string>(
      context, context_, scope::kRoom, request->account(),
      [room = *room, nick = request->nick()](Session& session, Completion<std::string> done) {
        session.ports().room_admin->RegisterNick(room, nick, std::move(done));
      },
      [response](const std::string& nick) { response->set_nick(nick); });
}

}  // namespace chatwire::xmpp
