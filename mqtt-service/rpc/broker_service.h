#ifndef CHATWIRE_MQTT_SERVICE_RPC_BROKER_SERVICE_H_
#define CHATWIRE_MQTT_SERVICE_RPC_BROKER_SERVICE_H_

#include "absl/status/statusor.h"
#include "chatwire/mqtt/v1/broker_service.grpc.pb.h"
#include "common/auth/authenticator.h"
#include "mqtt-service/domain/link_state.h"
#include "mqtt-service/domain/store.h"
#include "mqtt-service/threads/work_queue.h"

namespace chatwire::mqtt {

/// The links whose status is told.
struct Links {
  const LinkState& publisher;
  const LinkState& subscriber;
  const LinkState& echo;
  const LinkState& chat_feed;
};

/// Tells how the service stands with the broker and with the chat. Errors are listed in the .proto
/// file.
class BrokerService final : public v1::BrokerService::CallbackService {
 public:
  /// All arguments must outlive the server.
  BrokerService(Authenticator& authenticator, Store& store, Links links, WorkQueue& queue);

  grpc::ServerUnaryReactor* GetStatus(grpc::CallbackServerContext* context,
                                      const v1::GetStatusRequest* request,
                                      v1::GetStatusResponse* response) override;

 private:
  absl::StatusOr<v1::GetStatusResponse> Status();

  Authenticator& authenticator_;
  Store& store_;
  const Links links_;
  WorkQueue& queue_;
};

}  // namespace chatwire::mqtt

#endif  // CHATWIRE_MQTT_SERVICE_RPC_BROKER_SERVICE_H_
