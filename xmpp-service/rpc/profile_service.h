#ifndef CHATWIRE_XMPP_SERVICE_RPC_PROFILE_SERVICE_H_
#define CHATWIRE_XMPP_SERVICE_RPC_PROFILE_SERVICE_H_

#include "chatwire/xmpp/v1/profile_service.grpc.pb.h"
#include "xmpp-service/rpc/services.h"

namespace chatwire::xmpp {

/// Profiles over gRPC; what each call does stands in profile_service.proto.
class ProfileService final : public v1::ProfileService::CallbackService {
 public:
  explicit ProfileService(const ServiceContext& context) : context_(context) {}

  grpc::ServerUnaryReactor* GetProfile(grpc::CallbackServerContext* context,
                                       const v1::GetProfileRequest* request,
                                       v1::GetProfileResponse* response) override;
  grpc::ServerUnaryReactor* SetProfile(grpc::CallbackServerContext* context,
                                       const v1::SetProfileRequest* request,
                                       v1::SetProfileResponse* response) override;
  grpc::ServerUnaryReactor* GetAvatar(grpc::CallbackServerContext* context,
                                      const v1::GetAvatarRequest* request,
                                      v1::GetAvatarResponse* response) override;
  grpc::ServerUnaryReactor* SetAvatar(grpc::CallbackServerContext* context,
                                      const v1::SetAvatarRequest* request,
                                      v1::SetAvatarResponse* response) override;
  grpc::ServerUnaryReactor* RemoveAvatar(grpc::CallbackServerContext* context,
                                         const v1::RemoveAvatarRequest* request,
                                         v1::RemoveAvatarResponse* response) override;
  grpc::ServerUnaryReactor* GetContactDetails(grpc::CallbackServerContext* context,
                                              const v1::GetContactDetailsRequest* request,
                                              v1::GetContactDetailsResponse* response) override;

 private:
  const ServiceContext context_;
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_RPC_PROFILE_SERVICE_H_
