#ifndef CHATWIRE_XMPP_SERVICE_RPC_ROSTER_SERVICE_H_
#define CHATWIRE_XMPP_SERVICE_RPC_ROSTER_SERVICE_H_

#include "chatwire/xmpp/v1/roster_service.grpc.pb.h"
#include "xmpp-service/rpc/services.h"

namespace chatwire::xmpp {

/// Contacts over gRPC; what each call does stands in roster_service.proto.
class RosterService final : public v1::RosterService::CallbackService {
 public:
  explicit RosterService(const ServiceContext& context) : context_(context) {}

  grpc::ServerUnaryReactor* ListContacts(grpc::CallbackServerContext* context,
                                         const v1::ListContactsRequest* request,
                                         v1::ListContactsResponse* response) override;

 private:
  const ServiceContext context_;
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_RPC_ROSTER_SERVICE_H_
