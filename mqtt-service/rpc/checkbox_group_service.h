#ifndef CHATWIRE_MQTT_SERVICE_RPC_CHECKBOX_GROUP_SERVICE_H_
#define CHATWIRE_MQTT_SERVICE_RPC_CHECKBOX_GROUP_SERVICE_H_

#include "chatwire/mqtt/v1/checkbox_group_service.grpc.pb.h"
#include "common/auth/authenticator.h"
#include "mqtt-service/rpc/bulk_set.h"
#include "mqtt-service/rpc/checkbox_transfer.h"
#include "mqtt-service/threads/work_queue.h"

namespace chatwire::mqtt {

/// The gRPC face of what is done to many checkboxes at once. Errors are listed in the .proto file.
class CheckboxGroupService final : public v1::CheckboxGroupService::CallbackService {
 public:
  /// All arguments must outlive the server.
  CheckboxGroupService(Authenticator& authenticator, BulkSet& bulk_set, CheckboxTransfer& transfer,
                       WorkQueue& queue)
      : authenticator_(authenticator), bulk_set_(bulk_set), transfer_(transfer), queue_(queue) {}

  grpc::ServerUnaryReactor* SetCheckboxes(grpc::CallbackServerContext* context,
                                          const v1::SetCheckboxesRequest* request,
                                          v1::SetCheckboxesResponse* response) override;
  grpc::ServerUnaryReactor* ExportCheckboxes(grpc::CallbackServerContext* context,
                                             const v1::ExportCheckboxesRequest* request,
                                             v1::ExportCheckboxesResponse* response) override;
  grpc::ServerUnaryReactor* ImportCheckboxes(grpc::CallbackServerContext* context,
                                             const v1::ImportCheckboxesRequest* request,
                                             v1::ImportCheckboxesResponse* response) override;

 private:
  Authenticator& authenticator_;
  BulkSet& bulk_set_;
  CheckboxTransfer& transfer_;
  WorkQueue& queue_;
};

}  // namespace chatwire::mqtt

#endif  // CHATWIRE_MQTT_SERVICE_RPC_CHECKBOX_GROUP_SERVICE_H_
