#ifndef CHATWIRE_MQTT_SERVICE_BROKER_MESSAGE_ROUTER_H_
#define CHATWIRE_MQTT_SERVICE_BROKER_MESSAGE_ROUTER_H_

#include <functional>
#include <string>
#include <utility>

#include "common/clock.h"
#include "mqtt-service/domain/announcer.h"
#include "mqtt-service/domain/checkbox_rules.h"
#include "mqtt-service/domain/report_rules.h"
#include "mqtt-service/domain/store.h"
#include "mqtt-service/domain/topic.h"

namespace chatwire::mqtt {

/// An MQTT message that came in.
struct InboundMessage {
  std::string topic;
  std::string payload;
  bool retained = false;
  /// The broker says that it may have delivered this before.
  bool redelivered = false;
  /// The broker's packet identifier, 1 to 65,535. 0: QoS 0, there is none.
  int packet_id = 0;
  /// MQTT 5 request: where the answer goes, and what goes back with it. Empty: none.
  std::string response_topic;
  std::string correlation_data;
};

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
  absl::Status Dispatch(Transaction& transaction, const InboundTopic& topic,
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
  std::string birth_topic_;
  std::function<void(const InboundMessage&)> born_;
};

}  // namespace chatwire::mqtt

#endif  // CHATWIRE_MQTT_SERVICE_BROKER_MESSAGE_ROUTER_H_
