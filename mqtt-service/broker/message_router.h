#ifndef CHATWIRE_MQTT_SERVICE_BROKER_MESSAGE_ROUTER_H_
#define CHATWIRE_MQTT_SERVICE_BROKER_MESSAGE_ROUTER_H_

#include <functional>
#include <optional>
#include <string>
#include <utility>

#include "common/clock.h"
#include "mqtt-service/broker/device_router.h"
#include "mqtt-service/broker/inbound_message.h"
#include "mqtt-service/domain/announcer.h"
#include "mqtt-service/domain/checkbox_rules.h"
#include "mqtt-service/domain/report_rules.h"
#include "mqtt-service/domain/store.h"
#include "mqtt-service/domain/topic.h"

namespace chatwire::mqtt {

/// Turns inbound messages into what the rules understand, and commits what follows before it
/// returns: the broker gets its acknowledgement after that, so a crash in between only means that
/// it delivers again.
class MessageRouter {
 public:
  /// All arguments must outlive the router.
  MessageRouter(Store& store, const CheckboxRules& checkbox_rules, const ReportRules& report_rules,
                const Announcer& announcer, const Clock& clock);

  /// Calls @p born with what comes on @p topic, which is none of ours; "": with nothing. Only while
  /// the service is being wired.
  void SetBirth(std::string topic, std::function<void(const InboundMessage&)> born) {
    birth_topic_ = std::move(topic);
    born_ = std::move(born);
  }

  /// Handles one message. Wrong ones are logged and dropped: nobody can be asked to send them
  /// better.
  void Handle(const InboundMessage& message);

  /// The broker knew no session of ours: nothing of what came before can come again.
  void StartSession();

 private:
  /// @p topic is none of the service's own where it is empty.
  absl::Status Dispatch(Transaction& transaction, const std::optional<InboundTopic>& topic,
                        const InboundMessage& message);
  absl::Status HandleSet(Transaction& transaction, const std::string& name,
                         const InboundMessage& message);
  absl::Status HandleGet(Transaction& transaction, const std::string& name,
                         const InboundMessage& message);
  absl::Status HandleReport(Transaction& transaction, const std::string& name,
                            const InboundMessage& message);
  absl::Status HandleAvailability(Transaction& transaction, const std::string& name,
                                  const InboundMessage& message);
  absl::StatusOr<Checkbox> Set(Transaction& transaction, const std::string& name,
                               const InboundMessage& message);
  void Respond(Transaction& transaction, const InboundMessage& message, const std::string& payload);

  Store& store_;
  const CheckboxRules& checkbox_rules_;
  const ReportRules& report_rules_;
  const Announcer& announcer_;
  const Clock& clock_;
  const DeviceRouter device_router_;
  std::string birth_topic_;
  std::function<void(const InboundMessage&)> born_;
};

}  // namespace chatwire::mqtt

#endif  // CHATWIRE_MQTT_SERVICE_BROKER_MESSAGE_ROUTER_H_
