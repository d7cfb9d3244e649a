// What RoomService sends, and the invitations.
#include <utility>

#include "absl/strings/ascii.h"
#include "common/rpc/time.h"
#include "common/uuid.h"
#include "xmpp-service/domain/errors.h"
#include "xmpp-service/domain/room_error.h"
#include "xmpp-service/domain/text.h"
#include "xmpp-service/rpc/delivery_wait.h"
#include "xmpp-service/rpc/paging.h"
#include "xmpp-service/rpc/room_call.h"
#include "xmpp-service/rpc/room_service.h"
#include "xmpp-service/wire/mapping.h"
#include "xmpp-service/wire/room_event_proto.h"

namespace chatwire::xmpp {
namespace {

absl::Status CheckRequestId(const std::string& request_id) {
  if (IsUuid(request_id)) return absl::OkStatus();
  return Error(absl::StatusCode::kInvalidArgument, "BAD_REQUEST_ID",
               "`request_id` is missing or not a UUID");
}

absl::Status CheckReason(const std::string& reason) {
  if (reason.size() <= kMaximumRoomTextBytes && IsXmlText(reason)) return absl::OkStatus();
  return Error(absl::StatusCode::kInvalidArgument, "BAD_REASON",
               "`reason` is over 1,024 bytes or has a character that XML cannot carry");
}

template <typename Request>
MessageDetails DetailsOf(const Request& request) {
  MessageDetails details;
  details.thread = request.thread();
  details.parent_thread = request.parent_thread();
  if (request.has_reply()) {
    details.reply =
        Reply{request.reply().message_id(), request.reply().author(), request.reply().quote()};
  }
  return details;
}

// What each request says; the domain checks it.

void Read(const v1::SendRoomMessageRequest& request, NewRoomMessage& message) {
  message.body = request.body();
  message.details = DetailsOf(request);
}

void Read(const v1::CorrectRoomMessageRequest& request, NewRoomMessage& message) {
  message.body = request.body();
  message.details = DetailsOf(request);
  message.action = Correction{request.message_id()};
}

void Read(const v1::RetractRoomMessageRequest& request, NewRoomMessage& message) {
  message.action = Retraction{request.message_id()};
}

void Read(const v1::ReactInRoomRequest& request, NewRoomMessage& message) {
  message.action =
      Reaction{request.stanza_id(), {request.reactions().begin(), request.reactions().end()}};
}

void Read(const v1::SendPrivateMessageRequest& request, NewRoomMessage& message) {
  message.nick = request.nick();
  message.body = request.body();
}

/// The whole of each call that goes through the outbox.
template <typename Request, typename Response>
grpc::ServerUnaryReactor* Send(grpc::CallbackServerContext* context, const ServiceContext& services,
                               RoomMessageSender& sender, const Request& request,
                               Response* response) {
  const auto account = AuthorizeAccount(*context, services.tokens, scope::kRoom, request.account());
  if (!account.ok()) return Answer(context, account.status());
  const auto room = ParseRoom(request.room());
  const auto wait = DeliveryWait(*context, request);
  absl::Status valid = room.status();
  valid.Update(CheckRequestId(request.request_id()));
  valid.Update(wait.status());
  if (!valid.ok()) return Answer(context, valid);
  NewRoomMessage message{*account, *room, "", "", absl::AsciiStrToLower(request.request_id())};
  Read(request, message);
  auto* reactor = context->DefaultReactor();
  sender.Send(std::move(message), *wait,
              Completion<AcceptedRoomMessage>([reactor, response](const auto& accepted) {
                if (accepted.ok()) {
                  response->set_message_id(accepted->message.message_id);
                  response->set_stage(ToProto(accepted->stage));
                  *response->mutable_accept_time() = chatwire::ToProto(accepted->accept_time);
                  response->set_replayed(accepted->replayed);
                }
                reactor->Finish(ToGrpcStatus(accepted.status()));
              }));
  return reactor;
}

}  // namespace

grpc::ServerUnaryReactor* RoomService::SendRoomMessage(grpc::CallbackServerContext* context,
                                                       const v1::SendRoomMessageRequest* request,
                                                       v1::SendRoomMessageResponse* response) {
  return Send(context, context_, sender_, *request, response);
}

grpc::ServerUnaryReactor* RoomService::CorrectRoomMessage(
    grpc::CallbackServerContext* context, const v1::CorrectRoomMessageRequest* request,
    v1::CorrectRoomMessageResponse* response) {
  return Send(context, context_, sender_, *request, response);
}

grpc::ServerUnaryReactor* RoomService::RetractRoomMessage(
    grpc::CallbackServerContext* context, const v1::RetractRoomMessageRequest* request,
    v1::RetractRoomMessageResponse* response) {
  return Send(context, context_, sender_, *request, response);
}

grpc::ServerUnaryReactor* RoomService::ReactInRoom(grpc::CallbackServerContext* context,
                                                   const v1::ReactInRoomRequest* request,
                                                   v1::ReactInRoomResponse* response) {
  return Send(context, context_, sender_, *request, response);
}

grpc::ServerUnaryReactor* RoomService::SendRoomChatState(
    grpc::CallbackServerContext* context, const v1::SendRoomChatStateRequest* request,
    v1::SendRoomChatStateResponse*) {
  const auto room = ParseRoom(request->room());
  const auto state = FromProto(request->state());
  absl::Status valid = room.status();
  if (!state.has_value()) {
    valid.Update(Error(absl::StatusCode::kInvalidArgument, "BAD_CHAT_STATE",
                       "`state` is unspecified or unknown"));
  }
  return AskRooms<bool>(
      context, context_, request->account(), valid,
      [room, state](RoomKeeper& rooms, Completion<bool> done) {
        const absl::Status sent = rooms.SendChatState(*room, *state);
        if (sent.ok()) {
          done(true);
        } else {
          done(sent);
        }
      },
      [](bool) {});
}

grpc::ServerUnaryReactor* RoomService::SendPrivateMessage(
    grpc::CallbackServerContext* context, const v1::SendPrivateMessageRequest* request,
    v1::SendPrivateMessageResponse* response) {
  const auto account =
      AuthorizeAccount(*context, context_.tokens, scope::kRoom, request->account());
  if (!account.ok()) return Answer(context, account.status());
  const absl::Status nick = CheckNick(request->nick());
  if (!nick.ok()) return Answer(context, nick);
  return Send(context, context_, sender_, *request, response);
}

grpc::ServerUnaryReactor* RoomService::ListInvitations(grpc::CallbackServerContext* context,
                                                       const v1::ListInvitationsRequest* request,
                                                       v1::ListInvitationsResponse* response) {
  const auto account =
      AuthorizeAccount(*context, context_.tokens, scope::kRoom, request->account());
  if (!account.ok()) return Answer(context, account.status());
  const auto page = ParsePage(request->page_size(), request->page_token());
  if (!page.ok()) return Answer(context, page.status());
  const auto agent = context_.accounts.Find(*account);
  if (!agent.ok()) return Answer(context, agent.status());
  auto* reactor = context->DefaultReactor();
  invitations_.List(
      *account, page->after, page->limit + 1,
      Completion<std::vector<RoomInvitation>>([reactor, response, limit = page->limit](auto found) {
        if (found.ok()) {
          if (found->size() > limit) {
            found->pop_back();
            response->set_next_page_token(PageTokenAfter(found->back().room));
          }
          for (const RoomInvitation& one : *found) *response->add_invitations() = ToProto(one);
        }
        reactor->Finish(ToGrpcStatus(found.status()));
      }));
  return reactor;
}

grpc::ServerUnaryReactor* RoomService::DeclineInvitation(
    grpc::CallbackServerContext* context, const v1::DeclineInvitationRequest* request,
    v1::DeclineInvitationResponse*) {
  const auto room = ParseRoom(request->room());
  absl::Status valid = room.status();
  valid.Update(CheckRequestId(request->request_id()));
  valid.Update(CheckReason(request->reason()));
  return AskRooms<bool>(
      context, context_, request->account(), valid,
      [room, reason = request->reason()](RoomKeeper& rooms, Completion<bool> done) {
        rooms.Decline(*room, reason, std::move(done));
      },
      [](bool) {});
}

}  // namespace chatwire::xmpp
