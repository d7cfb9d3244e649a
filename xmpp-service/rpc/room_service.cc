#include "xmpp-service/rpc/room_service.h"

#include <utility>

#include "common/rpc/time.h"
#include "common/uuid.h"
#include "xmpp-service/domain/errors.h"
#include "xmpp-service/domain/room_error.h"
#include "xmpp-service/domain/text.h"
#include "xmpp-service/rpc/paging.h"
#include "xmpp-service/rpc/room_call.h"
#include "xmpp-service/rpc/session_call.h"
#include "xmpp-service/wire/room_event_proto.h"

namespace chatwire::xmpp {
namespace {

constexpr size_t kMaximumPasswordBytes = 1024;

absl::Status Invalid(const char* reason, absl::string_view message) {
  return Error(absl::StatusCode::kInvalidArgument, reason, message);
}

absl::Status CheckRequestId(const std::string& request_id) {
  if (IsUuid(request_id)) return absl::OkStatus();
  return Invalid("BAD_REQUEST_ID", "`request_id` is missing or not a UUID");
}

absl::Status NoRooms() {
  return Error(absl::StatusCode::kUnavailable, "SESSION_OFFLINE",
               "the account's session has no rooms at the moment");
}

absl::StatusOr<RoomWish> ToWish(const v1::JoinRoomRequest& request) {
  RoomWish wish;
  wish.nick = request.nick();
  if (!wish.nick.empty()) {
    const absl::Status nick = CheckNick(wish.nick);
    if (!nick.ok()) return nick;
  }
  wish.password = request.password();
  if (wish.password.size() > kMaximumPasswordBytes || !IsXmlText(wish.password)) {
    return Invalid("BAD_PASSWORD",
                   "`password` is over 1,024 bytes or has a character that XML cannot carry");
  }
  if (request.history().has_maximum_messages()) {
    wish.history.maximum_messages = request.history().maximum_messages();
    if (*wish.history.maximum_messages < 0) {
      return Invalid("BAD_HISTORY", "`history.maximum_messages` is negative");
    }
  }
  if (request.history().has_since()) {
    wish.history.since = chatwire::FromProto(request.history().since());
  }
  return wish;
}

/// The first of them that is an error.
template <typename... Statuses>
absl::Status FirstError(const Statuses&... statuses) {
  absl::Status first;
  (first.Update(statuses), ...);
  return first;
}

}  // namespace

grpc::ServerUnaryReactor* RoomService::ListRooms(grpc::CallbackServerContext* context,
                                                 const v1::ListRoomsRequest* request,
                                                 v1::ListRoomsResponse* response) {
  const auto account =
      AuthorizeAccount(*context, context_.tokens, scope::kRoom, request->account());
  if (!account.ok()) return Answer(context, account.status());
  const auto service = Jid::Parse(request->service());
  if (!service.ok() || !service->local().empty() || !service->resource().empty()) {
    return Answer(context, BadJid(request->service()));
  }
  const auto page = ParsePage(request->page_size(), request->page_token());
  if (!page.ok()) return Answer(context, page.status());
  return AskSession<RoomPage>(
      context, context_, scope::kRoom, request->account(),
      [service = service->domain(), page = *page](Session& session, Completion<RoomPage> done) {
        RoomPort* rooms = session.ports().rooms;
        if (rooms == nullptr) {
          done(NoRooms());
        } else {
          rooms->ListRooms(service, page.after, page.limit, std::move(done));
        }
      },
      [response](const RoomPage& rooms) {
        for (const ListedRoom& room : rooms.rooms) {
          auto* listed = response->add_rooms();
          listed->set_room(room.room);
          listed->set_name(room.name);
        }
        if (!rooms.next.empty()) response->set_next_page_token(PageTokenAfter(rooms.next));
      });
}

grpc::ServerUnaryReactor* RoomService::GetRoomInfo(grpc::CallbackServerContext* context,
                                                   const v1::GetRoomInfoRequest* request,
                                                   v1::GetRoomInfoResponse* response) {
  const auto account =
      AuthorizeAccount(*context, context_.tokens, scope::kRoom, request->account());
  if (!account.ok()) return Answer(context, account.status());
  const auto room = ParseRoom(request->room());
  if (!room.ok()) return Answer(context, room.status());
  return AskSession<RoomInfo>(
      context, context_, scope::kRoom, request->account(),
      [room = *room](Session& session, Completion<RoomInfo> done) {
        RoomPort* rooms = session.ports().rooms;
        if (rooms == nullptr) {
          done(NoRooms());
          return;
        }
        rooms->GetInfo(room, Completion<RoomInfo>([room, done = std::move(done)](
                                                      absl::StatusOr<RoomInfo> info) mutable {
                         if (info.ok() && !info->is_room) info = NotARoom(room);
                         done(std::move(info));
                       }));
      },
      [response](const RoomInfo& info) { *response->mutable_info() = ToProto(info); });
}

grpc::ServerUnaryReactor* RoomService::JoinRoom(grpc::CallbackServerContext* context,
                                                const v1::JoinRoomRequest* request,
                                                v1::JoinRoomResponse* response) {
  const auto room = ParseRoom(request->room());
  auto wish = ToWish(*request);
  const absl::Status valid =
      FirstError(room.status(), wish.status(), CheckRequestId(request->request_id()));
  return AskRooms<JoinedRoom>(
      context, context_, request->account(), valid,
      [room, wish](RoomKeeper& rooms, Completion<JoinedRoom> done) {
        rooms.Join(*room, *wish, std::move(done));
      },
      [response](const JoinedRoom& joined) { *response->mutable_room() = ToProto(joined); });
}

grpc::ServerUnaryReactor* RoomService::LeaveRoom(grpc::CallbackServerContext* context,
                                                 const v1::LeaveRoomRequest* request,
                                                 v1::LeaveRoomResponse*) {
  const auto room = ParseRoom(request->room());
  const absl::Status valid = FirstError(room.status(), CheckRequestId(request->request_id()));
  return AskRooms<bool>(
      context, context_, request->account(), valid,
      [room](RoomKeeper& rooms, Completion<bool> done) { rooms.Leave(*room, std::move(done)); },
      [](bool) {});
}

grpc::ServerUnaryReactor* RoomService::ListJoinedRooms(grpc::CallbackServerContext* context,
                                                       const v1::ListJoinedRoomsRequest* request,
                                                       v1::ListJoinedRoomsResponse* response) {
  const auto page = ParsePage(request->page_size(), request->page_token());
  using Rooms = std::vector<JoinedRoom>;
  return AskRooms<Rooms>(
      context, context_, request->account(), page.status(),
      // One more than wanted tells whether there is another page.
      [page](RoomKeeper& rooms, Completion<Rooms> done) {
        done(rooms.List(page->after, page->limit + 1));
      },
      [response, page](Rooms rooms) {
        if (rooms.size() > page->limit) {
          rooms.pop_back();
          response->set_next_page_token(PageTokenAfter(rooms.back().room));
        }
        for (const JoinedRoom& room : rooms) *response->add_rooms() = ToProto(room);
      });
}

grpc::ServerUnaryReactor* RoomService::ListParticipants(grpc::CallbackServerContext* context,
                                                        const v1::ListParticipantsRequest* request,
                                                        v1::ListParticipantsResponse* response) {
  const auto room = ParseRoom(request->room());
  const auto page = ParsePage(request->page_size(), request->page_token());
  return AskRooms<ParticipantPage>(
      context, context_, request->account(), FirstError(room.status(), page.status()),
      [room, page](RoomKeeper& rooms, Completion<ParticipantPage> done) {
        done(rooms.ListParticipants(*room, page->after, page->limit + 1));
      },
      [response, page](ParticipantPage found) {
        if (found.participants.size() > page->limit) {
          found.participants.pop_back();
          response->set_next_page_token(PageTokenAfter(found.participants.back().nick));
        }
        for (const Participant& participant : found.participants) {
          *response->add_participants() = ToProto(participant);
        }
        response->set_truncated(found.truncated);
      });
}

grpc::ServerUnaryReactor* RoomService::ChangeNick(grpc::CallbackServerContext* context,
                                                  const v1::ChangeNickRequest* request,
                                                  v1::ChangeNickResponse* response) {
  const auto room = ParseRoom(request->room());
  const absl::Status valid =
      FirstError(room.status(), CheckNick(request->nick()), CheckRequestId(request->request_id()));
  return AskRooms<std::string>(
      context, context_, request->account(), valid,
      [room, nick = request->nick()](RoomKeeper& rooms, Completion<std::string> done) {
        rooms.ChangeNick(*room, nick, std::move(done));
      },
      [response](const std::string& nick) { response->set_nick(nick); });
}

}  // namespace chatwire::xmpp
