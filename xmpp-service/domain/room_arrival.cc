#include "xmpp-service/domain/room_arrival.h"

#include <utility>
#include <variant>

#include "absl/strings/str_cat.h"
#include "common/uuid.h"
#include "xmpp-service/domain/action_key.h"
#include "xmpp-service/domain/jid.h"
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

/// The same for two messages only if the same person wrote them.
std::string AuthorOf(const RoomArrivalContext& context, const RoomMessage& message) {
  // The room itself is nobody.
  if (message.nick.empty()) return {};
  const bool told_by_room = !message.occupant_id.empty() && !context.occupant_id.empty();
  const bool seen = !message.stay.empty();
  if (IsOwn(context, message) && (told_by_room || seen)) return kOwnAuthor;
  if (!message.occupant_id.empty()) return absl::StrCat("occupant ", message.occupant_id);
  return seen ? absl::StrCat("stay ", message.stay) : std::string();
}

/// What every kind of message has.
void SetCommon(const RoomArrivalContext& context, const RoomMessage& message,
               RoomArrival& arrival) {
  const std::string& id = IdOf(message);
  arrival.weak_copy_key = id.empty();
  std::string key = absl::StrCat(message.room, "\n", message.nick, "\n", id, "\n", message.body);
  const std::string action = ActionKey(message.action);
  if (!action.empty()) absl::StrAppend(&key, "\n", action);
  arrival.copy_key = DerivedUuid("room", key);
  arrival.author = AuthorOf(context, message);
  if (IsOwn(context, message)) arrival.own_message_id = id;
}

RoomMessageReceived Received(const RoomArrivalContext& context, const RoomMessage& message,
                             const RoomArrival& arrival) {
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
  received.details = message.details;
  received.account_nick = context.nick;
  if (message.speaker.has_value()) {
    received.speaker = message.speaker;
    received.jid = message.speaker->jid;
    received.from_contact =
        !received.jid.empty() && context.is_contact && context.is_contact(BareOf(received.jid));
  }
  return received;
}

/// Makes the events of a message, by what it does.
struct EventMaker {
  const RoomArrivalContext& context;
  const RoomMessage& message;
  RoomArrival& arrival;

  void SetKnownAs() const {
    for (const std::string& id : {message.id, message.origin_id}) {
      const bool known = !arrival.known_as.empty() && arrival.known_as.front() == id;
      if (!id.empty() && !known) arrival.known_as.push_back(id);
    }
  }

  void operator()(std::monostate) const {
    arrival.payload = Received(context, message, arrival);
    SetKnownAs();
  }
  void operator()(const Correction& action) const {
    RoomMessageReceived received = Received(context, message, arrival);
    // XEP-0308: who does not know the original shows the correction as a message.
    arrival.otherwise = received;
    arrival.payload = RoomMessageCorrected{std::move(received), action.message_id, ""};
    arrival.refers_to = RoomReference{false, action.message_id};
    SetKnownAs();
  }
  void operator()(const Retraction& action) const {
    arrival.payload =
        RoomMessageRetracted{Received(context, message, arrival), "", action.message_id};
    arrival.refers_to = RoomReference{true, action.message_id};
  }
  void operator()(const Reaction& action) const {
    arrival.payload = RoomMessageReacted{Received(context, message, arrival), action.message_id,
                                         action.reactions};
  }
  // In rooms nobody is asked for them.
  void operator()(const Marking&) const {}
  void operator()(const Receipt&) const {}
};

bool IsText(const RoomMessage& message) {
  return !message.body.empty() || !message.details.attachments.empty();
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
  const bool acts = !std::holds_alternative<std::monostate>(message.action);
  // XEP-0045, section 7.2.15: with a text it is no change of the subject.
  if (IsText(message) || acts) {
    SetCommon(context, message, arrival);
    std::visit(EventMaker{context, message, arrival}, message.action);
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

std::optional<EventPayload> ToRoomChatState(const RoomArrivalContext& context,
                                            const RoomMessage& message) {
  const bool acts = !std::holds_alternative<std::monostate>(message.action);
  if (!message.chat_state.has_value() || IsText(message) || acts || message.subject.has_value() ||
      message.stamp.has_value() || message.nick.empty() || IsOwn(context, message)) {
    return std::nullopt;
  }
  return RoomChatStateReceived{message.room, message.nick, *message.chat_state,
                               message.occupant_id};
}

}  // namespace chatwire::xmpp
