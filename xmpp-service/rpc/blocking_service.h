#ifndef CHATWIRE_XMPP_SERVICE_RPC_BLOCKING_SERVICE_H_
#define CHATWIRE_XMPP_SERVICE_RPC_BLOCKING_SERVICE_H_

#include "chatwire/xmpp/v1/blocking_service.grpc.pb.h"
#include "xmpp-service/rpc/services.h"

namespace chatwire::xmpp {

/// The block list over gRPC; what each call does stands in blocking_service.proto.
class BlockingService final : public v1::BlockingService::CallbackService {
 public:
  explicit BlockingService(const ServiceContext& context) : context_(context) {}

  grpc::ServerUnaryReactor* ListBlocked(grpc::CallbackServerContext* context,
                                        const v1::ListBlockedRequest* request,
                                        v1::ListBlockedResponse* response) override;
  grpc::ServerUnaryReactor* Block(grpc::CallbackServerContext* context,
                                  const v1::BlockRequest* request,
                                  v1::BlockResponse* response) override;
  grpc::ServerUnaryReactor* Unblock(grpc::CallbackServerContext* context,
                                    const v1::UnblockRequest* request,
                                    v1::UnblockResponse* response) override;

 private:
  const ServiceContext context_;
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_RPC_BLOCKING_SERVICE_H_
