#ifndef CHATWIRE_MQTT_SERVICE_WIRE_CHAT_EVENT_PROTO_H_
#define CHATWIRE_MQTT_SERVICE_WIRE_CHAT_EVENT_PROTO_H_

#include <optional>

#include "chatwire/xmpp/v1/event_service.pb.h"
#include "mqtt-service/domain/chat_event.h"

namespace chatwire::mqtt {

/// The chat message in @p event, between two or in a room; nothing for an event of another kind.
std::optional<ChatEvent> FromProto(const xmpp::v1::Event& event);

}  // namespace chatwire::mqtt

#endif  // CHATWIRE_MQTT_SERVICE_WIRE_CHAT_EVENT_PROTO_H_
