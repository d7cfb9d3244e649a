#ifndef CHATWIRE_MQTT_SERVICE_DOMAIN_REPLY_ROOM_H_
#define CHATWIRE_MQTT_SERVICE_DOMAIN_REPLY_ROOM_H_

#include <string>

#include "mqtt-service/domain/checkbox.h"
#include "mqtt-service/domain/language.h"

/// What the service says in rooms only. See reply_text.h.
namespace chatwire::mqtt::reply_text {

/// Somebody in a room is not allowed anything.
std::string StrangerInRoom(Language language);
/// Behind the help, how to speak to the account with the nick @p nick.
std::string HelpInRoom(const std::string& nick, Language language);
/// The room is told of @p checkbox from now on.
std::string RoomWatches(const Checkbox& checkbox, Language language);
/// In a private message of a room nobody is told: the nick may be somebody else's by then.
std::string NoWatchHere(Language language);

}  // namespace chatwire::mqtt::reply_text

#endif  // CHATWIRE_MQTT_SERVICE_DOMAIN_REPLY_ROOM_H_
