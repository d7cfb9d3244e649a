#ifndef CHATWIRE_MQTT_SERVICE_RPC_CHECKBOX_OPERATIONS_H_
#define CHATWIRE_MQTT_SERVICE_RPC_CHECKBOX_OPERATIONS_H_

#include <string>

#include "absl/status/statusor.h"
#include "chatwire/mqtt/v1/checkbox_service.pb.h"
#include "common/clock.h"
#include "mqtt-service/domain/checkbox_rules.h"
#include "mqtt-service/domain/store.h"

namespace chatwire::mqtt {

/// What SetCheckbox has come to before it waits.
struct SetResult {
  Checkbox checkbox;
  /// Empty: there is nothing to wait for.
  std::string command_id;
  bool replayed = false;
};

/// The unary RPCs of CheckboxService without gRPC: each is one transaction, and blocks for its
/// time. Calls with an effect are remembered with it, so that their repetition has none.
class CheckboxOperations {
 public:
  /// All arguments must outlive the object.
  CheckboxOperations(Store& store, const CheckboxRules& rules, const Clock& clock);

  // @p caller is the label of the token.
  absl::StatusOr<v1::CreateCheckboxResponse> Create(const v1::CreateCheckboxRequest& request,
                                                    const std::string& caller);
  absl::StatusOr<v1::GetCheckboxResponse> Get(const v1::GetCheckboxRequest& request);
  absl::StatusOr<v1::ListCheckboxesResponse> List(const v1::ListCheckboxesRequest& request);
  absl::StatusOr<v1::UpdateCheckboxResponse> Update(const v1::UpdateCheckboxRequest& request,
                                                    const std::string& caller);
  absl::StatusOr<v1::ListHistoryResponse> History(const v1::ListHistoryRequest& request);
  absl::StatusOr<v1::DeleteCheckboxResponse> Delete(const v1::DeleteCheckboxRequest& request,
                                                    const std::string& caller);
  absl::StatusOr<SetResult> Set(const v1::SetCheckboxRequest& request, const std::string& caller);

 private:
  Store& store_;
  const CheckboxRules& rules_;
  const Clock& clock_;
};

}  // namespace chatwire::mqtt

#endif  // CHATWIRE_MQTT_SERVICE_RPC_CHECKBOX_OPERATIONS_H_
