// A room's life: created, configured, destroyed.
#include <optional>
#include <utility>

#include "xmpp-service/domain/errors.h"
#include "xmpp-service/domain/room_creation.h"
#include "xmpp-service/domain/room_keeper.h"
#include "xmpp-service/domain/room_setup.h"
#include "xmpp-service/domain/session_ports.h"
#include "xmpp-service/rpc/room_admin_call.h"
#include "xmpp-service/rpc/room_admin_input.h"
#include "xmpp-service/rpc/room_admin_service.h"
#include "xmpp-service/rpc/session_call.h"
#include "xmpp-service/wire/data_form_proto.h"

namespace chatwire::xmpp {
namespace {

using Agent = std::shared_ptr<AccountAgent>;

/// Runs @p use with the port @p port of the live session.
template <typename Port, typename Result, typename Use>
void UsePort(const Agent& agent, Port* SessionPorts::* port, Completion<Result> done, Use use) {
  agent->UseSession([account = agent->account(), port, use = std::move(use),
                     done = std::move(done)](absl::StatusOr<Session*> session) mutable {
    if (!session.ok()) {
      done(session.status());
    } else if (Port* found = (*session)->ports().*port; found == nullptr) {
      done(SessionOffline(account));
    } else {
      use(*found, std::move(done));
    }
  });
}

/// The place of @p room, in which the account wants to be called @p nick.
RoomSite SiteOf(const Agent& agent, const std::string& room, const std::string& nick) {
  RoomSite site;
  site.look = [agent, room](Completion<RoomInfo> done) {
    UsePort(agent, &SessionPorts::rooms, std::move(done),
            [room](RoomPort& rooms, Completion<RoomInfo> next) {
              rooms.GetInfo(room, std::move(next));
            });
  };
  site.admin = [agent](Completion<RoomAdminPort*> done) {
    UsePort(agent, &SessionPorts::room_admin, std::move(done),
            [](RoomAdminPort& admin, Completion<RoomAdminPort*> next) { next(&admin); });
  };
  site.enter = [agent, room, nick](const std::string& password, Completion<JoinedRoom> done) {
    agent->UseRooms([room, wish = RoomWish{nick, password, {}, /*create=*/true},
                     done = std::move(done)](RoomKeeper& rooms) mutable {
      rooms.Join(room, std::move(wish), std::move(done));
    });
  };
  site.opened = [agent, room] {
    agent->UseRooms(
        [room](RoomKeeper& rooms) { rooms.OnConfigured(room, std::nullopt, Completion<bool>()); });
  };
  site.leave = [agent, room] {
    agent->UseRooms([room](RoomKeeper& rooms) { rooms.Leave(room, Completion<bool>()); });
  };
  return site;
}

std::string ResponseTo(const CreatedRoom& created) {
  v1::CreateRoomResponse response;
  response.set_nick(created.nick);
  if (!created.form.fields.empty()) *response.mutable_configuration() = ToProto(created.form);
  return response.SerializeAsString();
}

/// What follows for the account from its having configured @p room with @p answer.
void Settle(RoomKeeper& rooms, const std::string& room, const DataForm& answer, bool reserved,
            Completion<bool> done) {
  if (answer.type != DataFormType::kCancel) {
    rooms.OnConfigured(room, PasswordSetBy(answer), std::move(done));
  } else if (reserved) {
    // Some servers end a room that was given up; others wait until nobody is in it.
    rooms.Leave(room, std::move(done));
  } else {
    done(true);
  }
}

void Configure(const Agent& agent, const std::string& room, const DataForm& answer,
               Completion<bool> done) {
  agent->UseRooms([agent, room, answer, done = std::move(done)](RoomKeeper& rooms) mutable {
    Completion<bool> configured([agent, room, answer, reserved = rooms.IsReserved(room),
                                 done = std::move(done)](absl::StatusOr<bool> result) mutable {
      if (!result.ok()) {
        done(std::move(result));
        return;
      }
      agent->UseRooms([room, answer, reserved, done = std::move(done)](RoomKeeper& now) mutable {
        Settle(now, room, answer, reserved, std::move(done));
      });
    });
    UsePort(agent, &SessionPorts::room_admin, std::move(configured),
            [room, answer](RoomAdminPort& admin, Completion<bool> next) {
              ConfigureRoom(admin, room, answer, std::move(next));
            });
  });
}

}  // namespace

RoomAdminService::Reactor* RoomAdminService::CreateRoom(Context* context,
                                                        const v1::CreateRoomRequest* request,
                                                        v1::CreateRoomResponse* response) {
  auto creation = ToDomain(*request);
  const auto room = RoomOf(*request, {creation.status()});
  return CallOnce(
      context, context_, scope::kRoom, *request, response, room.status(),
      [creation = std::move(creation), nick = request->nick()](const Agent& agent,
                                                               Completion<EffectEnd> done) mutable {
        RoomSite site = SiteOf(agent, creation->room, nick);
        chatwire::xmpp::CreateRoom(
            std::move(site), *std::move(creation),
            Completion<CreatedRoom>([done = std::move(done)](auto created) mutable {
              // Where it failed, it was given up again.
              done(EffectEnd{created.ok() ? absl::StatusOr<std::string>(ResponseTo(*created))
                                          : created.status(),
                             !created.ok()});
            }));
      });
}

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
  const auto account =
      AuthorizeAccount(*context, context_.tokens, scope::kRoom, request->account());
  if (!account.ok()) return Answer(context, account.status());
  const auto answer = ToAnswer(request->configuration());
  const auto room = RoomOf(*request, {answer.status()});
  if (!room.ok()) return Answer(context, room.status());
  const auto agent = context_.accounts.Find(*account);
  if (!agent.ok()) return Answer(context, agent.status());
  auto* reactor = context->DefaultReactor();
  Configure(*agent, *room, *answer, Completion<bool>([reactor](const auto& configured) {
    reactor->Finish(ToGrpcStatus(configured.status()));
  }));
  return reactor;
}

RoomAdminService::Reactor* RoomAdminService::DestroyRoom(Context* context,
                                                         const v1::DestroyRoomRequest* request,
                                                         v1::DestroyRoomResponse* response) {
  absl::Status alternative;
  if (!request->alternative().empty()) alternative = Jid::Parse(request->alternative()).status();
  const auto room = RoomOf(*request, {CheckRoomReason(request->reason()), alternative});
  return ActOnce(context, context_, *request, response, room.status(),
                 [room, other = request->alternative(), reason = request->reason()](
                     Session& session, Completion<bool> done) {
                   session.ports().room_admin->Destroy(*room, other, reason, std::move(done));
                 });
}

}  // namespace chatwire::xmpp
