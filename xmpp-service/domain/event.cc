#include "xmpp-service/domain/event.h"

namespace chatwire::xmpp {

void SetTarget(EventPayload& payload, const std::string& message_id) {
  if (auto* corrected = std::get_if<MessageCorrected>(&payload)) {
    corrected->corrected_id = message_id;
  } else if (auto* retracted = std::get_if<MessageRetracted>(&payload)) {
    retracted->retracted_id = message_id;
  } else if (auto* delivered = std::get_if<MessageDelivered>(&payload)) {
    delivered->message_id = message_id;
  } else if (auto* marked = std::get_if<MessageMarked>(&payload)) {
    marked->marked_id = message_id;
  }
}

void SetRoomTarget(EventPayload& payload, const std::string& message_id,
                   const std::string& stanza_id) {
  if (auto* corrected = std::get_if<RoomMessageCorrected>(&payload)) {
    corrected->corrected_message_id = message_id;
    corrected->corrected_stanza_id = stanza_id;
  } else if (auto* retracted = std::get_if<RoomMessageRetracted>(&payload)) {
    retracted->retracted_message_id = message_id;
    retracted->retracted_stanza_id = stanza_id;
  }
}

}  // namespace chatwire::xmpp
