#ifndef CHATWIRE_XMPP_SERVICE_RPC_DISCOVERY_SERVICE_H_
#define CHATWIRE_XMPP_SERVICE_RPC_DISCOVERY_SERVICE_H_

#include "chatwire/xmpp/v1/discovery_service.grpc.pb.h"
#include "xmpp-service/rpc/services.h"

namespace chatwire::xmpp {

/// Discovery over gRPC; what each call does stands in discovery_service.proto.
class DiscoveryService final : public v1::DiscoveryService::CallbackService {
 public:
  explicit DiscoveryService(const ServiceContext& context) : context_(context) {}

  grpc::ServerUnaryReactor* GetInfo(grpc::CallbackServerContext* context,
                                    const v1::GetInfoRequest* request,
                                    v1::GetInfoResponse* response) override;
  grpc::ServerUnaryReactor* ListItems(grpc::CallbackServerContext* context,
                                      const v1::ListItemsRequest* request,
                                      v1::ListItemsResponse* response) override;
  grpc::ServerUnaryReactor* GetServerFeatures(grpc::CallbackServerContext* context,
                                              const v1::GetServerFeaturesRequest* request,
                                              v1::GetServerFeaturesResponse* response) override;
  grpc::ServerUnaryReactor* Ping(grpc::CallbackServerContext* context,
                                 const v1::PingRequest* request,
                                 v1::PingResponse* response) override;
  grpc::ServerUnaryReactor* GetLastActivity(grpc::CallbackServerContext* context,
                                            const v1::GetLastActivityRequest* request,
                                            v1::GetLastActivityResponse* response) override;
  grpc::ServerUnaryReactor* GetEntityTime(grpc::CallbackServerContext* context,
                                          const v1::GetEntityTimeRequest* request,
                                          v1::GetEntityTimeResponse* response) override;
  grpc::ServerUnaryReactor* GetSoftwareVersion(grpc::CallbackServerContext* context,
                                               const v1::GetSoftwareVersionRequest* request,
                                               v1::GetSoftwareVersionResponse* response) override;
  grpc::ServerUnaryReactor* ListResources(grpc::CallbackServerContext* context,
                                          const v1::ListResourcesRequest* request,
                                          v1::ListResourcesResponse* response) override;
  grpc::ServerUnaryReactor* GetSearchForm(grpc::CallbackServerContext* context,
                                          const v1::GetSearchFormRequest* request,
                                          v1::GetSearchFormResponse* response) override;
  grpc::ServerUnaryReactor* SearchUsers(grpc::CallbackServerContext* context,
                                        const v1::SearchUsersRequest* request,
                                        v1::SearchUsersResponse* response) override;

 private:
  const ServiceContext context_;
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_RPC_DISCOVERY_SERVICE_H_
