#ifndef CHATWIRE_MQTT_SERVICE_DOMAIN_CHAT_ACTIONS_H_
#define CHATWIRE_MQTT_SERVICE_DOMAIN_CHAT_ACTIONS_H_

#include <string>
#include <vector>

#include "mqtt-service/domain/checkbox_command.h"
#include "mqtt-service/domain/checkbox_rules.h"
#include "mqtt-service/domain/name_match.h"
#include "mqtt-service/domain/store.h"

namespace chatwire::mqtt {

/// One of the things that a chat message asks for.
struct ChatStep {
  CheckboxCommand command;
  /// What the target is. Empty where the command has none.
  Meant meant;
  /// Names of what else it is, but this person may not operate.
  std::vector<std::string> forbidden;
};

/// Carries out what somebody asks for in chat, who may ask for it.
class ChatActions {
 public:
  /// @p checkbox_rules must outlive the actions.
  explicit ChatActions(const CheckboxRules& checkbox_rules) : checkbox_rules_(checkbox_rules) {}

  /// Does what @p step says, whose target has been found. Returns what is to be answered at once;
  /// empty where a device brings the answer.
  std::string Perform(Transaction& transaction, const ChatOrigin& origin,
                      const ChatStep& step) const;

 private:
  std::string Operate(Transaction& transaction, const ChatOrigin& origin, const Checkbox& checkbox,
                      SwitchAction action) const;
  std::string OperateAll(Transaction& transaction, const ChatOrigin& origin,
                         const ChatStep& step) const;

  const CheckboxRules& checkbox_rules_;
};

}  // namespace chatwire::mqtt

#endif  // CHATWIRE_MQTT_SERVICE_DOMAIN_CHAT_ACTIONS_H_
