#ifndef CHATWIRE_XMPP_SERVICE_RPC_PRESENCE_SERVICE_H_
#define CHATWIRE_XMPP_SERVICE_RPC_PRESENCE_SERVICE_H_

#include "chatwire/xmpp/v1/presence_service.grpc.pb.h"
#include "xmpp-service/rpc/services.h"

namespace chatwire::xmpp {

/// An account's own presence over gRPC; what each call does stands in presence_service.proto.
class PresenceService final : public v1::PresenceService::CallbackService {
 public:
  explicit PresenceService(const ServiceContext& context) : context_(context) {}

  grpc::ServerUnaryReactor* SetPresence(grpc::CallbackServerContext* context,
                                        const v1::SetPresenceRequest* request,
                                        v1::SetPresenceResponse* response) override;

  grpc::ServerUnaryReactor* GetPresence(grpc::CallbackServerContext* context,
                                        const v1::GetPresenceRequest* request,
                                        v1::GetPresenceResponse* response) override;
  grpc::ServerUnaryReactor* SendDirectedPresence(
      grpc::CallbackServerContext* context, const v1::SendDirectedPresenceRequest* request,
      v1::SendDirectedPresenceResponse* response) override;
  grpc::ServerUnaryReactor* ListDirectedPresences(
      grpc::CallbackServerContext* context, const v1::ListDirectedPresencesRequest* request,
      v1::ListDirectedPresencesResponse* response) override;

 private:
  const ServiceContext context_;
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_RPC_PRESENCE_SERVICE_H_
