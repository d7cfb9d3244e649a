#ifndef CHATWIRE_MQTT_SERVICE_RPC_BROKER_SERVICE_H_
#define CHATWIRE_MQTT_SERVICE_RPC_BROKER_SERVICE_H_

#include "absl/status/statusor.h"
#include "chatwire/mqtt/v1/broker_service.grpc.pb.h"
#include "common/auth/authenticator.h"
#include "mqtt-service/domain/link_state.h"
#include "mqtt-service/domain/store.h"
#include "mqtt-service/rpc/publish_operation.h"
#include "mqtt-service/rpc/subscribe_stream.h"
#include "mqtt-service/threads/work_queue.h"

namespace chatwire::mqtt {

/// The links whose status is told.
struct Links {
  const LinkState& publisher;
  const LinkState& subscriber;
  const LinkState& echo;
  const LinkState& api_publisher;
  const LinkState& chat_feed;
};

/// Tells how the service stands with the broker and with the chat, publishes and subscribes. Errors
/// are listed in the .proto file.
class BrokerService final : public v1::BrokerService::CallbackService {
 public:
  /// All arguments must outlive the server.
  BrokerService(Authenticator& authenticator, Store& store, Links links, PublishOperation& publish,
                SubscribeStreams& streams, MessageSourceFactory make_source, WorkQueue& queue);

  grpc::ServerUnaryReactor* GetStatus(grpc::CallbackServerContext* context,
                                      const v1::GetStatusRequest* request,
                                      v1::GetStatusResponse* response) override;

  grpc::ServerUnaryReactor* Publish(grpc::CallbackServerContext* context,
                                    const v1::PublishRequest* request,
                                    v1::PublishResponse* response) override;

  grpc::ServerWriteReactor<v1::SubscribeResponse>* Subscribe(
      grpc::CallbackServerContext* context, const v1::SubscribeRequest* request) override;

 private:
  absl::StatusOr<v1::GetStatusResponse> Status();

  Authenticator& authenticator_;
  Store& store_;
  const Links links_;
  PublishOperation& publish_;
  SubscribeStreams& streams_;
  const MessageSourceFactory make_source_;
  WorkQueue& queue_;
};

}  // namespace chatwire::mqtt

#endif  // CHATWIRE_MQTT_SERVICE_RPC_BROKER_SERVICE_H_
