#include "xmpp-service/domain/room_arrival.h"

#include "absl/strings/str_cat.h"
#include "common/uuid.h"
#include "xmpp-service/domain/room_event.h"
#include "xmpp-service/domain/text.h"

namespace chatwire::xmpp {
namespace {

const std::string& IdOf(const RoomMessage& message) {
  return message.origin_id.empty() ? message.id : message.origin_id;
}

/// The id that the room gives an account is its own word; a nick may have been somebody else's.
bool IsOwn(const RoomArrivalContext& context, const RoomMessage& message) {
  if (!message.occupant_id.empty() && !context.occupant_id.empty()) {
    return message.occupant_id == context.occupant_id;
  }
  return message.nick == context.nick;
}

void SetText(const RoomArrivalContext& context, const RoomMessage& message, RoomArrival& arrival) {
  const std::string& id = IdOf(message);
  arrival.weak_copy_key = id.empty();
  arrival.copy_key = DerivedUuid(
      "room", absl::StrCat(message.room, "\n", message.nick, "\n", id, "\n", message.body));
  RoomMessageReceived received;
  received.room = message.room;
  received.nick = message.nick;
  received.body = TruncateUtf8(message.body, kMaximumBodyBytes);
  received.body_truncated = received.body.size() < message.body.size();
  received.message_id = message.id;
  received.stanza_id = message.stanza_id;
  received.sent_time = arrival.time;
  received.delayed = arrival.delayed;
  received.own = IsOwn(context, message);
  received.occupant_id = message.occupant_id;
  received.jid = message.jid;
  if (received.own) arrival.own_message_id = id;
  arrival.payload = std::move(received);
}

}  // namespace

RoomArrival ToRoomArrival(const RoomArrivalContext& context, const RoomMessage& message) {
  RoomArrival arrival;
  arrival.account = context.account;
  arrival.room = message.room;
  arrival.stanza_id = message.stanza_id;
  arrival.time = message.stamp.value_or(context.now);
  arrival.delayed = message.from_archive || message.stamp.has_value();
  arrival.from_archive = message.from_archive;
  // XEP-0045, section 7.2.15: with a text it is no change of the subject.
  if (!message.body.empty()) {
    SetText(context, message, arrival);
  } else if (message.subject.has_value() && !message.from_archive &&
             *message.subject != context.subject) {
    arrival.subject = message.subject;
    arrival.payload =
        RoomSubjectChanged{message.room, message.nick, *message.subject, arrival.time};
  } else if (!message.status_codes.empty() && message.nick.empty() && !message.from_archive) {
    arrival.payload = RoomConfigChanged{message.room, message.status_codes};
  }
  return arrival;
}

}  // namespace chatwire::xmpp
