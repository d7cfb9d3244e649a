#ifndef CHATWIRE_MQTT_SERVICE_BROKER_DEVICE_ROUTER_H_
#define CHATWIRE_MQTT_SERVICE_BROKER_DEVICE_ROUTER_H_

#include "absl/status/status.h"
#include "mqtt-service/broker/inbound_message.h"
#include "mqtt-service/domain/device_table.h"
#include "mqtt-service/domain/report_rules.h"
#include "mqtt-service/domain/store.h"

namespace chatwire::mqtt {

/// Takes what comes on the topics of bound devices to the checkboxes that have them.
///
/// A retained message counts: it is the device's last word. It confirms a command only by saying
/// what was asked for, as every report does that names no command.
class DeviceRouter {
 public:
  /// @p report_rules must outlive the router.
  explicit DeviceRouter(const ReportRules& report_rules) : report_rules_(report_rules) {}

  /// Error: NOT_FOUND where no device has the topic. What one checkbox cannot make sense of is
  /// logged and stops no other.
  absl::Status Handle(Transaction& transaction, const InboundMessage& message) const;

 private:
  absl::Status Tell(Transaction& transaction, const DeviceUser& user,
                    const InboundMessage& message) const;

  const ReportRules& report_rules_;
};

}  // namespace chatwire::mqtt

#endif  // CHATWIRE_MQTT_SERVICE_BROKER_DEVICE_ROUTER_H_
