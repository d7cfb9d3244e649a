#ifndef CHATWIRE_MQTT_SERVICE_DOMAIN_COMMAND_END_H_
#define CHATWIRE_MQTT_SERVICE_DOMAIN_COMMAND_END_H_

#include <string>

#include "mqtt-service/domain/command.h"
#include "mqtt-service/domain/store.h"

namespace chatwire::mqtt {

/// Which answer to a chat message it is: at most one of each is sent.
enum class ReplyPhase {
  /// The first.
  kAnswer,
  /// The second, after "not confirmed yet".
  kLate,
};

/// Owes @p text to who asked at @p origin; nothing where no chat message is behind it. The request
/// id derives from the event and the phase, so a repetition after a crash sends nothing twice.
void OweReply(Transaction& transaction, const ChatOrigin& origin, ReplyPhase phase,
              const std::string& text);

/// Ends @p command and owes @p text. An empty text says nothing. One that is not confirmed is taken
/// from the outbox.
void EndCommand(Transaction& transaction, Command& command, CommandStatus status,
                const std::string& text);

}  // namespace chatwire::mqtt

#endif  // CHATWIRE_MQTT_SERVICE_DOMAIN_COMMAND_END_H_
