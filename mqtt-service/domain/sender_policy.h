#ifndef CHATWIRE_MQTT_SERVICE_DOMAIN_SENDER_POLICY_H_
#define CHATWIRE_MQTT_SERVICE_DOMAIN_SENDER_POLICY_H_

#include <set>
#include <string>

#include "absl/status/statusor.h"
#include "mqtt-service/domain/chat_event.h"

namespace chatwire::mqtt {

/// Who may operate checkboxes by chat.
class SenderPolicy {
 public:
  /// @p allow is a comma list: `contacts` (who may see the account's presence), `*` (everybody),
  /// bare JIDs, and `@domain` for everybody of a domain. Contacts are always allowed. Error:
  /// INVALID_ARGUMENT/BAD_CHAT_ALLOW.
  static absl::StatusOr<SenderPolicy> Parse(const std::string& allow);

  bool Allows(const ChatEvent& event) const;

  /// Whether it allows anybody who is no contact.
  bool AllowsStrangers() const { return everybody_ || !jids_.empty() || !domains_.empty(); }

 private:
  bool everybody_ = false;
  std::set<std::string> jids_;
  /// With the `@`.
  std::set<std::string> domains_;
};

}  // namespace chatwire::mqtt

#endif  // CHATWIRE_MQTT_SERVICE_DOMAIN_SENDER_POLICY_H_
