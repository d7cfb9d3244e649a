// What is told of rooms.
#include "absl/strings/str_cat.h"
#include "absl/strings/substitute.h"
#include "cli/chat/event_applier.h"
#include "cli/format/words.h"
#include "cli/translate.h"
#include "common/rpc/time.h"

namespace chatwire::cli {
namespace {

using xmpp::v1::Event;

/// What a participant is, where it is more than usual.
std::string RoleOf(const xmpp::v1::Participant& participant) {
  if (participant.affiliation() == xmpp::v1::ROOM_AFFILIATION_OWNER ||
      participant.affiliation() == xmpp::v1::ROOM_AFFILIATION_ADMIN) {
    return WordOf(participant.affiliation());
  }
  const bool usual = participant.role() == xmpp::v1::ROOM_ROLE_PARTICIPANT ||
                     participant.role() == xmpp::v1::ROOM_ROLE_UNSPECIFIED;
  return usual ? "" : WordOf(participant.role());
}

std::string Because(const std::string& actor, const std::string& text) {
  return absl::StrCat(actor.empty() ? "" : absl::Substitute(Tr(" by $0"), actor),
                      text.empty() ? "" : ": ", text);
}

/// The message of a room that was changed, by the room's id for it or by its author's.
ChatMessage* Changed(Conversation& room, const std::string& stanza_id, const std::string& id) {
  ChatMessage* const found = room.Find(stanza_id);
  return found != nullptr ? found : room.Find(id);
}

}  // namespace

std::optional<IncomingMessage> EventApplier::ApplyRoom(const Event& event, absl::Time now) {
  if (!event.has_room_message_received()) return std::nullopt;
  const auto& received = event.room_message_received();
  Conversation& room = model_.Open(ChatKind::kRoom, received.room());
  room.SetKind(ChatKind::kRoom);
  ChatMessage message;
  message.sequence = event.sequence();
  message.id = received.message_id();
  message.stanza_id = received.stanza_id();
  message.text = received.body();
  for (const auto& file : received.attachments()) {
    if (message.text.empty()) message.text = file.url();
  }
  message.time = FromProto(received.sent_time());
  message.author = received.nick();
  message.own = received.own();
  if (received.own()) message.delivery = Delivery::kServer;
  return Count(room, std::move(message), !received.delayed(), now);
}

void EventApplier::ApplyRoomChange(const Event& event, absl::Time now) {
  if (event.has_room_message_corrected()) {
    const auto& changed = event.room_message_corrected();
    auto* const message = Changed(model_.Open(ChatKind::kRoom, changed.room()),
                                  changed.corrected_stanza_id(), changed.corrected_message_id());
    if (message == nullptr) return;
    message->text = changed.body();
    message->edited = true;
  } else if (event.has_room_message_retracted()) {
    const auto& changed = event.room_message_retracted();
    auto* const message = Changed(model_.Open(ChatKind::kRoom, changed.room()),
                                  changed.retracted_stanza_id(), changed.retracted_message_id());
    if (message != nullptr) message->retracted = true;
  } else if (event.has_room_message_reacted()) {
    const auto& changed = event.room_message_reacted();
    auto* const message =
        model_.Open(ChatKind::kRoom, changed.room()).Find(changed.target_stanza_id());
    if (message != nullptr) {
      message->reactions[changed.own() ? "you" : changed.nick()] = {changed.reactions().begin(),
                                                                    changed.reactions().end()};
    }
  } else if (event.has_room_message_failed()) {
    const auto& failed = event.room_message_failed();
    Conversation& room =
        failed.nick().empty()
            ? model_.Open(ChatKind::kRoom, failed.room())
            : model_.Open(ChatKind::kPrivate, absl::StrCat(failed.room(), "/", failed.nick()));
    room.SetDelivery(
        failed.message_id(), Delivery::kFailed,
        absl::StrCat(failed.condition(), failed.text().empty() ? "" : ": ", failed.text()));
  } else if (event.has_room_chat_state_received()) {
    const auto& state = event.room_chat_state_received();
    model_.Open(ChatKind::kRoom, state.room())
        .SetTyping(state.nick(), state.state() == xmpp::v1::CHAT_STATE_COMPOSING, now);
  } else if (event.has_room_subject_changed()) {
    const auto& changed = event.room_subject_changed();
    model_.Open(ChatKind::kRoom, changed.room()).topic = changed.subject();
  }
}

void EventApplier::ApplyParticipant(Conversation& room, const xmpp::v1::Participant& participant) {
  room.people()[participant.nick()] = RoleOf(participant);
  if (participant.self()) room.own_nick = participant.nick();
}

void EventApplier::ApplyPeople(const Event& event, absl::Time now) {
  const auto notice = [&](Conversation& room, const std::string& text) {
    room.Say(ChatMessage::Kind::kNotice, text, now);
  };
  if (event.has_room_joined()) {
    Conversation& room = model_.Open(ChatKind::kRoom, event.room_joined().room());
    room.SetKind(ChatKind::kRoom);
    room.open = room.joined = true;
    room.own_nick = event.room_joined().nick();
    notice(room, absl::Substitute(Tr("you are in the room as $0"), room.own_nick));
  } else if (event.has_room_left()) {
    const auto& left = event.room_left();
    Conversation& room = model_.Open(ChatKind::kRoom, left.room());
    room.joined = false;
    room.people().clear();
    const bool by_self = left.reason() == xmpp::v1::ROOM_LEAVE_REASON_LEFT;
    notice(room,
           absl::StrCat(by_self ? Tr("you have left the room") : Tr("you are out of the room: "),
                        by_self ? "" : WordOf(left.reason()), Because(left.actor(), left.text()),
                        left.will_rejoin() ? Tr("; coming back") : ""));
  } else if (event.has_participant_joined()) {
    const auto& joined = event.participant_joined();
    Conversation& room = model_.Open(ChatKind::kRoom, joined.room());
    ApplyParticipant(room, joined.participant());
    notice(room, absl::Substitute(Tr("$0 has joined"), joined.participant().nick()));
  } else if (event.has_participant_left()) {
    const auto& left = event.participant_left();
    Conversation& room = model_.Open(ChatKind::kRoom, left.room());
    room.people().erase(left.participant().nick());
    room.SetTyping(left.participant().nick(), false, now);
    notice(room, absl::StrCat(absl::Substitute(Tr("$0 has left"), left.participant().nick()),
                              Because(left.actor(), left.text())));
  } else if (event.has_participant_changed()) {
    const auto& changed = event.participant_changed();
    Conversation& room = model_.Open(ChatKind::kRoom, changed.room());
    const std::string& nick = changed.participant().nick();
    const bool renamed = nick != changed.previous_nick() && !changed.previous_nick().empty();
    if (renamed) room.people().erase(changed.previous_nick());
    ApplyParticipant(room, changed.participant());
    if (renamed) notice(room, absl::Substitute(Tr("$0 is now $1"), changed.previous_nick(), nick));
  }
}

}  // namespace chatwire::cli
