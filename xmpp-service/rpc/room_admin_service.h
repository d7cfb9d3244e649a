#ifndef CHATWIRE_XMPP_SERVICE_RPC_ROOM_ADMIN_SERVICE_H_
#define CHATWIRE_XMPP_SERVICE_RPC_ROOM_ADMIN_SERVICE_H_

#include "chatwire/xmpp/v1/room_admin_service.grpc.pb.h"
#include "xmpp-service/rpc/services.h"

namespace chatwire::xmpp {

/// The administration of rooms over gRPC; what each call does stands in room_admin_service.proto.
class RoomAdminService final : public v1::RoomAdminService::CallbackService {
 public:
  explicit RoomAdminService(const ServiceContext& context) : context_(context) {}

  using Context = grpc::CallbackServerContext;
  using Reactor = grpc::ServerUnaryReactor;

  Reactor* CreateRoom(Context*, const v1::CreateRoomRequest*, v1::CreateRoomResponse*) override;
  Reactor* GetRoomConfiguration(Context*, const v1::GetRoomConfigurationRequest*,
                                v1::GetRoomConfigurationResponse*) override;
  Reactor* ConfigureRoom(Context*, const v1::ConfigureRoomRequest*,
                         v1::ConfigureRoomResponse*) override;
  Reactor* DestroyRoom(Context*, const v1::DestroyRoomRequest*, v1::DestroyRoomResponse*) override;
  Reactor* SetSubject(Context*, const v1::SetSubjectRequest*, v1::SetSubjectResponse*) override;
  Reactor* InviteToRoom(Context*, const v1::InviteToRoomRequest*,
                        v1::InviteToRoomResponse*) override;
  Reactor* KickParticipant(Context*, const v1::KickParticipantRequest*,
                           v1::KickParticipantResponse*) override;
  Reactor* SetRole(Context*, const v1::SetRoleRequest*, v1::SetRoleResponse*) override;
  Reactor* ListAffiliations(Context*, const v1::ListAffiliationsRequest*,
                            v1::ListAffiliationsResponse*) override;
  Reactor* SetAffiliations(Context*, const v1::SetAffiliationsRequest*,
                           v1::SetAffiliationsResponse*) override;
  Reactor* RequestVoice(Context*, const v1::RequestVoiceRequest*,
                        v1::RequestVoiceResponse*) override;
  Reactor* AnswerVoiceRequest(Context*, const v1::AnswerVoiceRequestRequest*,
                              v1::AnswerVoiceRequestResponse*) override;
  Reactor* ModerateMessage(Context*, const v1::ModerateMessageRequest*,
                           v1::ModerateMessageResponse*) override;
  Reactor* RegisterNick(Context*, const v1::RegisterNickRequest*,
                        v1::RegisterNickResponse*) override;

 private:
  const ServiceContext context_;
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_RPC_ROOM_ADMIN_SERVICE_H_
