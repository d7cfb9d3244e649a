#ifndef CHATWIRE_MQTT_SERVICE_WIRE_CHAT_WORDS_H_
#define CHATWIRE_MQTT_SERVICE_WIRE_CHAT_WORDS_H_

#include <string>

#include "absl/status/statusor.h"
#include "mqtt-service/domain/phrasebook.h"

namespace chatwire::mqtt {

/// The words of the chat that an operator wrote down, see docs/chat.md: @p json adds to the
/// built-in ones, takes some of their place, or is about another language.
///
/// Errors: INVALID_ARGUMENT with language, list and word, and what can stand there.
absl::StatusOr<Phrasebook> ParseChatWords(const std::string& json);

/// The same from the file @p path. Each error begins with the path.
absl::StatusOr<Phrasebook> ReadChatWords(const std::string& path);

}  // namespace chatwire::mqtt

#endif  // CHATWIRE_MQTT_SERVICE_WIRE_CHAT_WORDS_H_
