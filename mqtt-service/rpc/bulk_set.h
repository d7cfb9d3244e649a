#ifndef CHATWIRE_MQTT_SERVICE_RPC_BULK_SET_H_
#define CHATWIRE_MQTT_SERVICE_RPC_BULK_SET_H_

#include <string>

#include "absl/status/statusor.h"
#include "chatwire/mqtt/v1/checkbox_group_service.pb.h"
#include "common/clock.h"
#include "mqtt-service/domain/checkbox_rules.h"
#include "mqtt-service/domain/store.h"

namespace chatwire::mqtt {

/// CheckboxGroupService.SetCheckboxes without gRPC: one transaction for all, which blocks for its
/// time.
class BulkSet {
 public:
  /// All arguments must outlive the object.
  BulkSet(Store& store, const CheckboxRules& rules, const Clock& clock);

  /// @p caller is the label of the token.
  absl::StatusOr<v1::SetCheckboxesResponse> Set(const v1::SetCheckboxesRequest& request,
                                                const std::string& caller);

 private:
  Store& store_;
  const CheckboxRules& rules_;
  const Clock& clock_;
};

}  // namespace chatwire::mqtt

#endif  // CHATWIRE_MQTT_SERVICE_RPC_BULK_SET_H_
