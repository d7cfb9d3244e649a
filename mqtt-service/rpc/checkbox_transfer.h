#ifndef CHATWIRE_MQTT_SERVICE_RPC_CHECKBOX_TRANSFER_H_
#define CHATWIRE_MQTT_SERVICE_RPC_CHECKBOX_TRANSFER_H_

#include <string>

#include "absl/status/statusor.h"
#include "chatwire/mqtt/v1/checkbox_group_service.pb.h"
#include "common/clock.h"
#include "mqtt-service/domain/checkbox_rules.h"
#include "mqtt-service/domain/store.h"

namespace chatwire::mqtt {

/// CheckboxGroupService's export and import without gRPC: each is one transaction, and blocks for
/// its time.
class CheckboxTransfer {
 public:
  /// All arguments must outlive the object.
  CheckboxTransfer(Store& store, const CheckboxRules& rules, const Clock& clock);

  absl::StatusOr<v1::ExportCheckboxesResponse> Export(const v1::ExportCheckboxesRequest& request);

  /// @p caller is the label of the token.
  absl::StatusOr<v1::ImportCheckboxesResponse> Import(const v1::ImportCheckboxesRequest& request,
                                                      const std::string& caller);

 private:
  Store& store_;
  const CheckboxRules& rules_;
  const Clock& clock_;
};

}  // namespace chatwire::mqtt

#endif  // CHATWIRE_MQTT_SERVICE_RPC_CHECKBOX_TRANSFER_H_
