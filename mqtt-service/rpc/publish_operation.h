#ifndef CHATWIRE_MQTT_SERVICE_RPC_PUBLISH_OPERATION_H_
#define CHATWIRE_MQTT_SERVICE_RPC_PUBLISH_OPERATION_H_

#include <set>
#include <string>

#include "chatwire/mqtt/v1/broker_service.pb.h"
#include "common/clock.h"
#include "common/completion.h"
#include "mqtt-service/domain/message_port.h"
#include "mqtt-service/domain/store.h"
#include "mqtt-service/domain/topic.h"
#include "mqtt-service/threads/work_queue.h"

namespace chatwire::mqtt {

/// BrokerService.Publish without gRPC. On the work queue's thread only.
class PublishOperation {
 public:
  using Done = Completion<v1::PublishResponse>;

  /// All arguments must outlive the object.
  PublishOperation(Store& store, MessagePublisher& publisher, const Topics& topics,
                   const Clock& clock, WorkQueue& queue);

  void Publish(const v1::PublishRequest& request, Done done);

 private:
  absl::StatusOr<bool> WasPublished(const std::string& request_id, const std::string& content);
  absl::StatusOr<v1::PublishResponse> Finish(const std::string& request_id,
                                             const std::string& content,
                                             const absl::StatusOr<bool>& published);

  Store& store_;
  MessagePublisher& publisher_;
  const Topics& topics_;
  const Clock& clock_;
  WorkQueue& queue_;
  /// Request ids of calls that have not ended.
  std::set<std::string> running_;
};

}  // namespace chatwire::mqtt

#endif  // CHATWIRE_MQTT_SERVICE_RPC_PUBLISH_OPERATION_H_
