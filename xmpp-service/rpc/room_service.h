#ifndef CHATWIRE_XMPP_SERVICE_RPC_ROOM_SERVICE_H_
#define CHATWIRE_XMPP_SERVICE_RPC_ROOM_SERVICE_H_

#include "chatwire/xmpp/v1/room_service.grpc.pb.h"
#include "xmpp-service/domain/invitation_store.h"
#include "xmpp-service/domain/room_message_sender.h"
#include "xmpp-service/rpc/services.h"

namespace chatwire::xmpp {

/// Rooms over gRPC; what each call does stands in room_service.proto.
class RoomService final : public v1::RoomService::CallbackService {
 public:
  /// @p sender and @p invitations outlive it.
  RoomService(const ServiceContext& context, RoomMessageSender& sender,
              InvitationStore& invitations)
      : context_(context), sender_(sender), invitations_(invitations) {}

  grpc::ServerUnaryReactor* ListRooms(grpc::CallbackServerContext* context,
                                      const v1::ListRoomsRequest* request,
                                      v1::ListRoomsResponse* response) override;
  grpc::ServerUnaryReactor* GetRoomInfo(grpc::CallbackServerContext* context,
                                        const v1::GetRoomInfoRequest* request,
                                        v1::GetRoomInfoResponse* response) override;
  grpc::ServerUnaryReactor* JoinRoom(grpc::CallbackServerContext* context,
                                     const v1::JoinRoomRequest* request,
                                     v1::JoinRoomResponse* response) override;
  grpc::ServerUnaryReactor* LeaveRoom(grpc::CallbackServerContext* context,
                                      const v1::LeaveRoomRequest* request,
                                      v1::LeaveRoomResponse* response) override;
  grpc::ServerUnaryReactor* ListJoinedRooms(grpc::CallbackServerContext* context,
                                            const v1::ListJoinedRoomsRequest* request,
                                            v1::ListJoinedRoomsResponse* response) override;
  grpc::ServerUnaryReactor* ListParticipants(grpc::CallbackServerContext* context,
                                             const v1::ListParticipantsRequest* request,
                                             v1::ListParticipantsResponse* response) override;
  grpc::ServerUnaryReactor* ChangeNick(grpc::CallbackServerContext* context,
                                       const v1::ChangeNickRequest* request,
                                       v1::ChangeNickResponse* response) override;
  grpc::ServerUnaryReactor* SendRoomMessage(grpc::CallbackServerContext* context,
                                            const v1::SendRoomMessageRequest* request,
                                            v1::SendRoomMessageResponse* response) override;
  grpc::ServerUnaryReactor* CorrectRoomMessage(grpc::CallbackServerContext* context,
                                               const v1::CorrectRoomMessageRequest* request,
                                               v1::CorrectRoomMessageResponse* response) override;
  grpc::ServerUnaryReactor* RetractRoomMessage(grpc::CallbackServerContext* context,
                                               const v1::RetractRoomMessageRequest* request,
                                               v1::RetractRoomMessageResponse* response) override;
  grpc::ServerUnaryReactor* ReactInRoom(grpc::CallbackServerContext* context,
                                        const v1::ReactInRoomRequest* request,
                                        v1::ReactInRoomResponse* response) override;
  grpc::ServerUnaryReactor* SendRoomChatState(grpc::CallbackServerContext* context,
                                              const v1::SendRoomChatStateRequest* request,
                                              v1::SendRoomChatStateResponse* response) override;
  grpc::ServerUnaryReactor* SendPrivateMessage(grpc::CallbackServerContext* context,
                                               const v1::SendPrivateMessageRequest* request,
                                               v1::SendPrivateMessageResponse* response) override;
  grpc::ServerUnaryReactor* ListInvitations(grpc::CallbackServerContext* context,
                                            const v1::ListInvitationsRequest* request,
                                            v1::ListInvitationsResponse* response) override;
  grpc::ServerUnaryReactor* DeclineInvitation(grpc::CallbackServerContext* context,
                                              const v1::DeclineInvitationRequest* request,
                                              v1::DeclineInvitationResponse* response) override;

 private:
  const ServiceContext context_;
  RoomMessageSender& sender_;
  InvitationStore& invitations_;
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_RPC_ROOM_SERVICE_H_
