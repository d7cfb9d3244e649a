#include "cli/chat/room_actions.h"

#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/substitute.h"
#include "chatwire/xmpp/v1/room_admin_service.pb.h"
#include "chatwire/xmpp/v1/room_service.pb.h"
#include "cli/chat/typed_line.h"
#include "cli/translate.h"

namespace chatwire::cli {
namespace {

constexpr auto kLane = ChatCalls::Lane::kRequests;
/// How much of a room's past is fetched when it is entered for the first time.
constexpr int kHistoryOfRoom = 50;

}  // namespace

bool RoomActions::Run(const std::string& name, const std::string& arguments) {
  if (name == "join") return JoinTyped(arguments), true;
  if (name == "leave") return Leave(arguments), true;
  const bool known = name == "nick" || name == "topic" || name == "invite" || name == "who";
  if (!known) return false;
  Conversation* const room = context_.model.current();
  if (room == nullptr || room->kind() != ChatKind::kRoom) {
    return context_.Complain(absl::Substitute(Tr("/$0 is for rooms; /join ROOM enters one"), name)),
           true;
  }
  if (name == "nick") return Nick(*room, arguments), true;
  if (name == "topic") return Topic(*room, arguments), true;
  if (name == "invite") return Invite(*room, arguments), true;
  return Who(*room), true;
}

void RoomActions::JoinTyped(std::string arguments) {
  const std::string room = TakeWord(arguments);
  const std::string nick = TakeWord(arguments);
  const Conversation* const shown = context_.model.current();
  const bool again = room.empty() && shown != nullptr && shown->kind() == ChatKind::kRoom;
  if (room.empty() && !again) {
    return context_.Complain(Tr("/join wants a room, such as tea@rooms.example.org"));
  }
  Join(again ? shown->jid() : room, nick, arguments);
}

void RoomActions::Join(const std::string& room, const std::string& nick,
                       const std::string& password) {
  xmpp::v1::JoinRoomRequest request;
  request.set_account(context_.model.account);
  request.set_room(room);
  request.set_nick(nick);
  request.set_password(password);
  request.mutable_history()->set_maximum_messages(kHistoryOfRoom);
  request.set_request_id(context_.new_id());
  context_.Ask<xmpp::v1::JoinRoomResponse>(
      kLane, "xmpp.v1.RoomService.JoinRoom", request,
      [this, room](const absl::Status& status, const xmpp::v1::JoinRoomResponse& response) {
        if (!status.ok()) {
          return context_.Complain(absl::Substitute(Tr("not in $0: $1"), room, status.message()));
        }
        Conversation& entered = context_.model.Open(ChatKind::kRoom, response.room().room());
        entered.SetKind(ChatKind::kRoom);
        entered.open = entered.joined = true;
        entered.own_nick = response.room().nick();
        entered.topic = response.room().subject();
        entered_(entered);
      });
}

void RoomActions::JoinIfRoom(const std::string& jid, std::function<void()> no_room) {
  xmpp::v1::GetRoomInfoRequest request;
  request.set_account(context_.model.account);
  request.set_room(jid);
  context_.Ask<xmpp::v1::GetRoomInfoResponse>(
      kLane, "xmpp.v1.RoomService.GetRoomInfo", request,
      [this, jid, no_room = std::move(no_room)](const absl::Status& status,
                                                const xmpp::v1::GetRoomInfoResponse&) {
        if (status.ok()) {
          Join(jid, "", "");
        } else {
          no_room();
        }
      });
}

void RoomActions::Leave(std::string arguments) {
  std::string jid = TakeWord(arguments);
  const Conversation* const shown = context_.model.current();
  if (jid.empty() && shown != nullptr && shown->kind() == ChatKind::kRoom) jid = shown->jid();
  if (jid.empty()) return context_.Complain(Tr("/leave wants a room"));
  xmpp::v1::LeaveRoomRequest request;
  request.set_account(context_.model.account);
  request.set_room(jid);
  request.set_request_id(context_.new_id());
  context_.Ask<xmpp::v1::LeaveRoomResponse>(
      kLane, "xmpp.v1.RoomService.LeaveRoom", request,
      [this, jid](const absl::Status& status, const xmpp::v1::LeaveRoomResponse&) {
        if (!status.ok()) return context_.Complain(std::string(status.message()));
        Conversation* const left = context_.model.Find(jid);
        if (left != nullptr) context_.model.Close(*left);
      });
}

void RoomActions::Nick(Conversation& room, const std::string& nick) {
  if (nick.empty()) return context_.Complain(Tr("/nick wants a name"));
  xmpp::v1::ChangeNickRequest request;
  request.set_account(context_.model.account);
  request.set_room(room.jid());
  request.set_nick(nick);
  request.set_request_id(context_.new_id());
  context_.Do("xmpp.v1.RoomService.ChangeNick", request, "");
}

void RoomActions::Topic(Conversation& room, const std::string& topic) {
  if (topic.empty()) {
    return context_.Tell(room.topic.empty() ? Tr("this room has no topic")
                                            : absl::Substitute(Tr("topic: $0"), room.topic));
  }
  xmpp::v1::SetSubjectRequest request;
  request.set_account(context_.model.account);
  request.set_room(room.jid());
  request.set_subject(topic);
  request.set_request_id(context_.new_id());
  context_.Do("xmpp.v1.RoomAdminService.SetSubject", request, "");
}

void RoomActions::Invite(Conversation& room, std::string arguments) {
  const std::string jid = TakeWord(arguments);
  if (jid.empty()) return context_.Complain(Tr("/invite wants a JID"));
  xmpp::v1::InviteToRoomRequest request;
  request.set_account(context_.model.account);
  request.set_room(room.jid());
  request.add_invitees(jid);
  request.set_reason(arguments);
  request.set_request_id(context_.new_id());
  context_.Do("xmpp.v1.RoomAdminService.InviteToRoom", request, absl::StrCat(jid, " is invited"));
}

void RoomActions::Who(Conversation& room) {
  std::vector<std::string> people;
  for (const auto& [nick, role] : room.people()) {
    people.push_back(role.empty() ? nick : absl::StrCat(nick, " (", role, ")"));
  }
  context_.Tell(people.empty() ? Tr("nobody is known to be here")
                               : absl::Substitute(Tr("$0 here: $1"), people.size(),
                                                  absl::StrJoin(people, ", ")));
}

}  // namespace chatwire::cli
