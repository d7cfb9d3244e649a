#include "xmpp-service/wire/room_event_proto.h"

#include "common/rpc/time.h"
#include "xmpp-service/wire/chat_event_proto.h"
#include "xmpp-service/wire/mapping.h"

namespace chatwire::xmpp {
namespace {

// The domain's numbers are those of the API.
static_assert(static_cast<int>(RoomRole::kModerator) == v1::ROOM_ROLE_MODERATOR);
static_assert(static_cast<int>(RoomAffiliation::kOwner) == v1::ROOM_AFFILIATION_OWNER);
static_assert(static_cast<int>(RoomLeaveReason::kRefused) == v1::ROOM_LEAVE_REASON_REFUSED);
static_assert(static_cast<int>(RoomState::kFailed) == v1::ROOM_STATE_FAILED);

v1::RoomRole RoleOf(RoomRole role) { return static_cast<v1::RoomRole>(role); }

v1::RoomAffiliation AffiliationOf(RoomAffiliation affiliation) {
  return static_cast<v1::RoomAffiliation>(affiliation);
}

/// What every message of a room has.
template <typename Proto>
void FillStanza(const RoomMessageReceived& in, Proto& out) {
  out.set_room(in.room);
  out.set_nick(in.nick);
  out.set_message_id(in.message_id);
  out.set_stanza_id(in.stanza_id);
  *out.mutable_sent_time() = chatwire::ToProto(in.sent_time);
  out.set_delayed(in.delayed);
  out.set_own(in.own);
  out.set_occupant_id(in.occupant_id);
  out.set_jid(in.jid);
}

/// Who the author was when the message came.
template <typename Event, typename Proto>
void FillSpeaker(const Event& in, Proto& out) {
  if (!in.speaker.has_value()) return;
  out.set_role(RoleOf(in.speaker->role));
  out.set_affiliation(AffiliationOf(in.speaker->affiliation));
  out.set_from_contact(in.from_contact);
}

template <typename Proto>
void FillText(const RoomMessageReceived& in, Proto& out) {
  FillStanza(in, out);
  out.set_body(in.body);
  out.set_body_truncated(in.body_truncated);
  out.set_thread(in.details.thread);
  out.set_parent_thread(in.details.parent_thread);
  if (in.details.reply.has_value()) {
    out.mutable_reply()->set_message_id(in.details.reply->message_id);
    out.mutable_reply()->set_author(in.details.reply->author);
    out.mutable_reply()->set_quote(in.details.reply->quote);
  }
  for (const Attachment& attachment : in.details.attachments) {
    *out.add_attachments() = ToProto(attachment);
  }
}

}  // namespace

void Fill(const RoomMessageReceived& in, v1::Event& event) {
  auto* out = event.mutable_room_message_received();
  FillText(in, *out);
  FillSpeaker(in, *out);
  out->set_account_nick(in.account_nick);
}

void Fill(const RoomMessageCorrected& in, v1::Event& event) {
  auto* out = event.mutable_room_message_corrected();
  FillText(in.message, *out);
  out->set_corrected_message_id(in.corrected_message_id);
  out->set_corrected_stanza_id(in.corrected_stanza_id);
}

void Fill(const RoomMessageRetracted& in, v1::Event& event) {
  auto* out = event.mutable_room_message_retracted();
  FillStanza(in.message, *out);
  out->set_retracted_message_id(in.retracted_message_id);
  out->set_retracted_stanza_id(in.retracted_stanza_id);
}

void Fill(const RoomMessageReacted& in, v1::Event& event) {
  auto* out = event.mutable_room_message_reacted();
  FillStanza(in.message, *out);
  out->set_target_stanza_id(in.target_stanza_id);
  for (const std::string& reaction : in.reactions) out->add_reactions(reaction);
}

void Fill(const RoomChatStateReceived& in, v1::Event& event) {
  auto* out = event.mutable_room_chat_state_received();
  out->set_room(in.room);
  out->set_nick(in.nick);
  out->set_state(ToProto(in.state));
  out->set_occupant_id(in.occupant_id);
}

void Fill(const RoomMessageFailed& in, v1::Event& event) {
  auto* out = event.mutable_room_message_failed();
  out->set_room(in.room);
  out->set_nick(in.nick);
  out->set_message_id(in.message_id);
  out->set_condition(in.error.condition);
  out->set_text(in.error.text);
}

void Fill(const RoomSubjectChanged& in, v1::Event& event) {
  auto* out = event.mutable_room_subject_changed();
  out->set_room(in.room);
  out->set_nick(in.nick);
  out->set_subject(in.subject);
  *out->mutable_set_time() = chatwire::ToProto(in.set_time);
}

void Fill(const RoomJoined& in, v1::Event& event) {
  auto* out = event.mutable_room_joined();
  out->set_room(in.room);
  out->set_nick(in.nick);
  out->set_rejoined(in.rejoined);
  out->set_participant_count(static_cast<int32_t>(in.participant_count));
  out->set_role(RoleOf(in.role));
  out->set_affiliation(AffiliationOf(in.affiliation));
}

void Fill(const RoomLeft& in, v1::Event& event) {
  auto* out = event.mutable_room_left();
  out->set_room(in.room);
  out->set_reason(static_cast<v1::RoomLeaveReason>(in.reason));
  out->set_actor(in.actor);
  out->set_text(in.text);
  out->set_alternative(in.alternative);
  out->set_will_rejoin(in.will_rejoin);
  out->set_error_reason(in.error_reason);
}

void Fill(const ParticipantJoined& in, v1::Event& event) {
  auto* out = event.mutable_participant_joined();
  out->set_room(in.room);
  *out->mutable_participant() = ToProto(in.participant);
}

void Fill(const ParticipantLeft& in, v1::Event& event) {
  auto* out = event.mutable_participant_left();
  out->set_room(in.room);
  *out->mutable_participant() = ToProto(in.participant);
  out->set_reason(static_cast<v1::RoomLeaveReason>(in.reason));
  out->set_actor(in.actor);
  out->set_text(in.text);
}

void Fill(const ParticipantChanged& in, v1::Event& event) {
  auto* out = event.mutable_participant_changed();
  out->set_room(in.room);
  *out->mutable_participant() = ToProto(in.participant);
  out->set_previous_nick(in.previous_nick);
  out->set_previous_role(RoleOf(in.previous_role));
  out->set_previous_affiliation(AffiliationOf(in.previous_affiliation));
  out->set_actor(in.actor);
  out->set_text(in.text);
}

void Fill(const InvitationReceived& in, v1::Event& event) {
  *event.mutable_invitation_received()->mutable_invitation() = ToProto(in.invitation);
}

void Fill(const RoomConfigChanged& in, v1::Event& event) {
  auto* out = event.mutable_room_config_changed();
  out->set_room(in.room);
  for (const int code : in.status_codes) out->add_status_codes(code);
}

void Fill(const RoomPrivateMessageReceived& in, v1::Event& event) {
  auto* out = event.mutable_room_private_message_received();
  out->set_room(in.room);
  out->set_nick(in.nick);
  out->set_body(in.body);
  out->set_message_id(in.message_id);
  *out->mutable_sent_time() = chatwire::ToProto(in.sent_time);
  out->set_body_truncated(in.body_truncated);
  FillSpeaker(in, *out);
  if (in.speaker.has_value()) {
    out->set_jid(in.speaker->jid);
    out->set_occupant_id(in.speaker->occupant_id);
  }
}

v1::Participant ToProto(const Participant& participant) {
  v1::Participant proto;
  proto.set_nick(participant.nick);
  proto.set_role(RoleOf(participant.role));
  proto.set_affiliation(AffiliationOf(participant.affiliation));
  proto.set_jid(participant.jid);
  proto.set_occupant_id(participant.occupant_id);
  *proto.mutable_presence() = ToProto(participant.presence);
  proto.set_self(participant.self);
  return proto;
}

v1::RoomInvitation ToProto(const RoomInvitation& invitation) {
  v1::RoomInvitation proto;
  proto.set_room(invitation.room);
  proto.set_from(invitation.from);
  proto.set_text(invitation.text);
  proto.set_has_password(!invitation.password.empty());
  proto.set_direct(invitation.direct);
  *proto.mutable_invite_time() = chatwire::ToProto(invitation.time);
  return proto;
}

v1::JoinedRoom ToProto(const JoinedRoom& room) {
  v1::JoinedRoom proto;
  proto.set_room(room.room);
  proto.set_nick(room.nick);
  proto.set_state(static_cast<v1::RoomState>(room.state));
  *proto.mutable_state_time() = chatwire::ToProto(room.state_time);
  if (room.failure.has_value()) {
    proto.set_failure_reason(room.failure->reason);
    proto.set_failure_message(room.failure->message);
  }
  if (room.next_attempt_time.has_value()) {
    *proto.mutable_next_attempt_time() = chatwire::ToProto(*room.next_attempt_time);
  }
  if (room.state == RoomState::kJoined) {
    proto.set_role(RoleOf(room.role));
    proto.set_affiliation(AffiliationOf(room.affiliation));
    proto.set_participant_count(static_cast<int32_t>(room.participant_count));
    proto.set_archived(room.archived);
  }
  proto.set_subject(room.subject);
  return proto;
}

v1::RoomInfo ToProto(const RoomInfo& info) {
  v1::RoomInfo proto;
  proto.set_name(info.name);
  proto.set_description(info.description);
  proto.set_subject(info.subject);
  if (info.participant_count.has_value()) proto.set_participant_count(*info.participant_count);
  proto.set_language(info.language);
  proto.set_password_protected(info.password_protected);
  proto.set_members_only(info.members_only);
  proto.set_moderated(info.moderated);
  proto.set_real_jids_shown(info.real_jids_shown);
  proto.set_persistent(info.persistent);
  proto.set_listed(info.listed);
  proto.set_archived(info.archived);
  for (const std::string& feature : info.features) proto.add_features(feature);
  return proto;
}

}  // namespace chatwire::xmpp
