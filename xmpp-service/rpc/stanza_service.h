#ifndef CHATWIRE_XMPP_SERVICE_RPC_STANZA_SERVICE_H_
#define CHATWIRE_XMPP_SERVICE_RPC_STANZA_SERVICE_H_

#include "chatwire/xmpp/v1/stanza_service.grpc.pb.h"
#include "xmpp-service/rpc/services.h"

namespace chatwire::xmpp {

/// Stanzas as XML over gRPC; what each call does stands in stanza_service.proto.
class StanzaService final : public v1::StanzaService::CallbackService {
 public:
  explicit StanzaService(const ServiceContext& context) : context_(context) {}

  grpc::ServerUnaryReactor* SendStanza(grpc::CallbackServerContext* context,
                                       const v1::SendStanzaRequest* request,
                                       v1::SendStanzaResponse* response) override;
  grpc::ServerUnaryReactor* SendIq(grpc::CallbackServerContext* context,
                                   const v1::SendIqRequest* request,
                                   v1::SendIqResponse* response) override;

 private:
  const ServiceContext context_;
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_RPC_STANZA_SERVICE_H_
