#ifndef CHATWIRE_MQTT_SERVICE_RPC_ANSWER_H_
#define CHATWIRE_MQTT_SERVICE_RPC_ANSWER_H_

#include <grpcpp/support/server_callback.h>

#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/completion.h"
#include "common/rpc/grpc_status.h"
#include "mqtt-service/threads/work_queue.h"

namespace chatwire::mqtt {

/// Ends the call with @p status at once.
inline grpc::ServerUnaryReactor* Refuse(grpc::CallbackServerContext* context,
                                        const absl::Status& status) {
  auto* reactor = context->DefaultReactor();
  reactor->Finish(ToGrpcStatus(status));
  return reactor;
}

/// What ends the call behind @p reactor with a result, wherever that comes from.
template <typename Response>
Completion<Response> FinishWith(grpc::ServerUnaryReactor* reactor, Response* response) {
  return Completion<Response>([reactor, response](absl::StatusOr<Response> result) {
    if (result.ok()) *response = *std::move(result);
    reactor->Finish(ToGrpcStatus(result.status()));
  });
}

/// Ends the call with what @p work, a function that returns StatusOr<Response>, says on @p queue's
/// thread.
template <typename Response, typename Work>
grpc::ServerUnaryReactor* Answer(grpc::CallbackServerContext* context, WorkQueue& queue,
                                 Response* response, Work work) {
  auto* reactor = context->DefaultReactor();
  queue.Post([done = FinishWith(reactor, response), work]() mutable { done(work()); });
  return reactor;
}

}  // namespace chatwire::mqtt

#endif  // CHATWIRE_MQTT_SERVICE_RPC_ANSWER_H_
