#ifndef CHATWIRE_MQTT_SERVICE_RPC_CHECKBOX_SERVICE_H_
#define CHATWIRE_MQTT_SERVICE_RPC_CHECKBOX_SERVICE_H_

#include <string>

#include "chatwire/mqtt/v1/checkbox_service.grpc.pb.h"
#include "common/auth/authenticator.h"
#include "common/completion.h"
#include "mqtt-service/rpc/checkbox_operations.h"
#include "mqtt-service/rpc/watch_hub.h"
#include "mqtt-service/threads/confirmation_waiters.h"
#include "mqtt-service/threads/work_queue.h"

namespace chatwire::mqtt {

/// The gRPC face of the checkboxes: checks the token, hands the work to the store's thread,
/// answers. Errors are listed in the .proto file.
class CheckboxService final : public v1::CheckboxService::CallbackService {
 public:
  /// All arguments must outlive the server.
  CheckboxService(Authenticator& authenticator, Store& store, CheckboxOperations& operations,
                  ConfirmationWaiters& waiters, WatchHub& hub, WorkQueue& queue);

  grpc::ServerUnaryReactor* CreateCheckbox(grpc::CallbackServerContext* context,
                                           const v1::CreateCheckboxRequest* request,
                                           v1::CreateCheckboxResponse* response) override;
  grpc::ServerUnaryReactor* GetCheckbox(grpc::CallbackServerContext* context,
                                        const v1::GetCheckboxRequest* request,
                                        v1::GetCheckboxResponse* response) override;
  grpc::ServerUnaryReactor* ListCheckboxes(grpc::CallbackServerContext* context,
                                           const v1::ListCheckboxesRequest* request,
                                           v1::ListCheckboxesResponse* response) override;
  grpc::ServerUnaryReactor* ListHistory(grpc::CallbackServerContext* context,
                                        const v1::ListHistoryRequest* request,
                                        v1::ListHistoryResponse* response) override;
  grpc::ServerUnaryReactor* UpdateCheckbox(grpc::CallbackServerContext* context,
                                           const v1::UpdateCheckboxRequest* request,
                                           v1::UpdateCheckboxResponse* response) override;
  grpc::ServerUnaryReactor* DeleteCheckbox(grpc::CallbackServerContext* context,
                                           const v1::DeleteCheckboxRequest* request,
                                           v1::DeleteCheckboxResponse* response) override;
  grpc::ServerUnaryReactor* SetCheckbox(grpc::CallbackServerContext* context,
                                        const v1::SetCheckboxRequest* request,
                                        v1::SetCheckboxResponse* response) override;
  grpc::ServerWriteReactor<v1::WatchCheckboxesResponse>* WatchCheckboxes(
      grpc::CallbackServerContext* context, const v1::WatchCheckboxesRequest* request) override;

 private:
  using SetDone = Completion<v1::SetCheckboxResponse>;

  /// On the store's thread.
  void Set(const v1::SetCheckboxRequest& request, const std::string& caller, absl::Time deadline,
           SetDone done);

  Authenticator& authenticator_;
  Store& store_;
  CheckboxOperations& operations_;
  ConfirmationWaiters& waiters_;
  WatchHub& hub_;
  WorkQueue& queue_;
};

}  // namespace chatwire::mqtt

#endif  // CHATWIRE_MQTT_SERVICE_RPC_CHECKBOX_SERVICE_H_
