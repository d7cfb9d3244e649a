#include "cli/format/room_event_format.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include <nlohmann/json.hpp>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "cli/format/words.h"

namespace chatwire::cli {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Timestamp;
using Json = nlohmann::ordered_json;
using xmpp::v1::Event;

Json MessageJson(const Message& message);

Json RepeatedJson(const Message& message, const FieldDescriptor* field) {
  const auto* const reflection = message.GetReflection();
  Json list = Json::array();
  for (int i = 0; i < reflection->FieldSize(message, field); ++i) {
    switch (field->cpp_type()) {
      case FieldDescriptor::CPPTYPE_INT32:
        list.push_back(reflection->GetRepeatedInt32(message, field, i));
        break;
      case FieldDescriptor::CPPTYPE_MESSAGE:
        list.push_back(MessageJson(reflection->GetRepeatedMessage(message, field, i)));
        break;
      default:
        list.push_back(reflection->GetRepeatedString(message, field, i));
    }
  }
  return list;
}

/// What a room's events are made of: texts, numbers, truths, words, times, and such in turn.
Json FieldJson(const Message& message, const FieldDescriptor* field) {
  const auto* const reflection = message.GetReflection();
  if (field->is_repeated()) return RepeatedJson(message, field);
  switch (field->cpp_type()) {
    case FieldDescriptor::CPPTYPE_BOOL:
      return reflection->GetBool(message, field);
    case FieldDescriptor::CPPTYPE_INT32:
      return reflection->GetInt32(message, field);
    case FieldDescriptor::CPPTYPE_ENUM:
      return WordOf(field->enum_type(), reflection->GetEnumValue(message, field));
    case FieldDescriptor::CPPTYPE_MESSAGE: {
      const Message& part = reflection->GetMessage(message, field);
      if (const auto* const time = dynamic_cast<const Timestamp*>(&part); time != nullptr) {
        return JsonTime(*time);
      }
      return reflection->HasField(message, field) ? MessageJson(part) : Json();
    }
    default:
      return reflection->GetString(message, field);
  }
}

Json MessageJson(const Message& message) {
  Json json = Json::object();
  const auto* const type = message.GetDescriptor();
  for (int i = 0; i < type->field_count(); ++i) {
    json[type->field(i)->name()] = FieldJson(message, type->field(i));
  }
  return json;
}

/// ` by Ann: be nice`.
std::string ByWhom(const std::string& actor, const std::string& text) {
  return absl::StrCat(actor.empty() ? "" : absl::StrCat(" by ", actor),
                      text.empty() ? "" : absl::StrCat(": ", text));
}

std::string LeftText(const xmpp::v1::RoomLeft& left) {
  const std::string why = left.error_reason().empty() ? WordOf(left.reason()) : left.error_reason();
  return absl::StrCat(
      "not in ", left.room(), " any more (", why, ")", ByWhom(left.actor(), left.text()),
      left.alternative().empty() ? "" : absl::StrCat("; go to ", left.alternative()),
      left.will_rejoin() ? "; coming back" : "");
}

std::string ChangedText(const xmpp::v1::ParticipantChanged& changed) {
  const auto& participant = changed.participant();
  if (changed.previous_nick() != participant.nick()) {
    return absl::StrCat(changed.room(), ": ", changed.previous_nick(), " is now ",
                        participant.nick());
  }
  return absl::StrCat(changed.room(), ": ", participant.nick(), " is now ",
                      WordOf(participant.role()), ", affiliation ",
                      WordOf(participant.affiliation()), ByWhom(changed.actor(), changed.text()));
}

std::string InvitationText(const xmpp::v1::RoomInvitation& invitation) {
  return absl::StrCat(invitation.from().empty() ? "somebody" : invitation.from(), " invites to ",
                      invitation.room(), ByWhom("", invitation.text()));
}

std::string FailedText(const xmpp::v1::RoomMessageFailed& failed) {
  return absl::StrCat("message ", failed.message_id(), " to ", failed.room(),
                      failed.nick().empty() ? "" : absl::StrCat("/", failed.nick()),
                      " failed: ", failed.condition(),
                      failed.text().empty() ? "" : absl::StrCat(" (", failed.text(), ")"));
}

std::string ParticipantLeftText(const xmpp::v1::ParticipantLeft& left) {
  return absl::StrCat(left.room(), ": ", left.participant().nick(), " has left (",
                      WordOf(left.reason()), ")", ByWhom(left.actor(), left.text()));
}

/// What somebody does to a message, or in the chat.
std::string ActionText(const Event& event) {
  if (event.has_room_message_corrected()) {
    const auto& corrected = event.room_message_corrected();
    return absl::StrCat(corrected.room(), "/", corrected.nick(), " corrects ",
                        corrected.corrected_message_id(), ": ", corrected.body());
  }
  if (event.has_room_message_retracted()) {
    const auto& retracted = event.room_message_retracted();
    return absl::StrCat(retracted.room(), "/", retracted.nick(), " takes back ",
                        retracted.retracted_message_id());
  }
  if (event.has_room_message_reacted()) {
    const auto& reacted = event.room_message_reacted();
    return absl::StrCat(reacted.room(), "/", reacted.nick(), " reacts to ",
                        reacted.target_stanza_id(), ": ", absl::StrJoin(reacted.reactions(), " "));
  }
  const auto& state = event.room_chat_state_received();
  return absl::StrCat(state.room(), "/", state.nick(), " is ", WordOf(state.state()));
}

}  // namespace

std::pair<std::string, Json> RoomEventJson(const Event& event) {
  const auto* const payload = event.GetReflection()->GetOneofFieldDescriptor(
      event, Event::GetDescriptor()->FindOneofByName("payload"));
  if (payload == nullptr) return {"unknown", Json::object()};
  return {payload->name(), MessageJson(event.GetReflection()->GetMessage(event, payload))};
}

std::string RoomEventText(const Event& event) {
  switch (event.payload_case()) {
    case Event::kRoomMessageReceived:
      return absl::StrCat(event.room_message_received().room(), "/",
                          event.room_message_received().nick(), ": ",
                          event.room_message_received().body());
    case Event::kRoomPrivateMessageReceived:
      return absl::StrCat(event.room_private_message_received().room(), "/",
                          event.room_private_message_received().nick(),
                          " (privately): ", event.room_private_message_received().body());
    case Event::kRoomMessageFailed:
      return FailedText(event.room_message_failed());
    case Event::kRoomSubjectChanged:
      return absl::StrCat("subject of ", event.room_subject_changed().room(), ": ",
                          event.room_subject_changed().subject());
    case Event::kRoomJoined:
      return absl::StrCat(event.room_joined().rejoined() ? "again in " : "in ",
                          event.room_joined().room(), " as ", event.room_joined().nick(), ", ",
                          event.room_joined().participant_count(), " participants");
    case Event::kRoomLeft:
      return LeftText(event.room_left());
    case Event::kParticipantJoined:
      return absl::StrCat(event.participant_joined().room(), ": ",
                          event.participant_joined().participant().nick(), " has joined");
    case Event::kParticipantLeft:
      return ParticipantLeftText(event.participant_left());
    case Event::kParticipantChanged:
      return ChangedText(event.participant_changed());
    case Event::kInvitationReceived:
      return InvitationText(event.invitation_received().invitation());
    case Event::kRoomConfigChanged:
      return absl::StrCat(event.room_config_changed().room(), " is configured differently");
    case Event::kRoomMessageCorrected:
    case Event::kRoomMessageRetracted:
    case Event::kRoomMessageReacted:
    case Event::kRoomChatStateReceived:
      return ActionText(event);
    default:
      return "an event that this version of chatwire does not know; update it";
  }
}

}  // namespace chatwire::cli
