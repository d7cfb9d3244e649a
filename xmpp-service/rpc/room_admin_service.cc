// Who is what in a room, and what to it.
#include "xmpp-service/rpc/room_admin_service.h"

#include <utility>

#include "xmpp-service/domain/session_ports.h"
#include "xmpp-service/rpc/paging.h"
#include "xmpp-service/rpc/room_admin_call.h"
#include "xmpp-service/rpc/room_admin_input.h"
#include "xmpp-service/rpc/session_call.h"

namespace chatwire::xmpp {
RoomAdminService::Reactor* RoomAdminService::KickParticipant(
    Context* context, const v1::KickParticipantRequest* request,
    v1::KickParticipantResponse* response) {
  const auto room =
      RoomOf(*request, {CheckRoomNick(request->nick()), CheckRoomReason(request->reason())});
  return ActOnce(context, context_, *request, response, room.status(),
                 [room, nick = request->nick(), reason = request->reason()](Session& session,
                                                                            Completion<bool> done) {
                   session.ports().room_admin->SetRole(*room, nick, RoomRole::kNone, reason,
                                                       std::move(done));
                 });
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
      [](bool) {});
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
