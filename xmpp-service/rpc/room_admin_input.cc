#include "xmpp-service/rpc/room_admin_input.h"

#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/uuid.h"
#include "xmpp-service/domain/errors.h"
#include "xmpp-service/domain/jid.h"
#include "xmpp-service/domain/text.h"
#include "xmpp-service/wire/data_form_proto.h"

namespace chatwire::xmpp {
namespace {

constexpr size_t kMaximumTextBytes = 1024;
// XEP-0359 sets no limit to ids.
constexpr size_t kMaximumIdBytes = 1023;
constexpr int kMaximumItems = 100;

absl::Status Invalid(const char* reason, absl::string_view message) {
  return Error(absl::StatusCode::kInvalidArgument, reason, message);
}

bool IsShortText(const std::string& text) {
  return text.size() <= kMaximumTextBytes && IsXmlText(text);
}

absl::Status BadInvitees(absl::string_view why) { return Invalid("BAD_INVITEES", why); }
absl::Status BadChanges(absl::string_view why) { return Invalid("BAD_CHANGES", why); }
absl::Status BadAffiliation(absl::string_view why) { return Invalid("BAD_AFFILIATION", why); }

absl::StatusOr<RoomAffiliate> ToDomain(const v1::AffiliationChange& change) {
  const auto jid = Jid::Parse(change.jid());
  if (!jid.ok()) return jid.status();
  if (!jid->resource().empty()) return BadJid(change.jid());
  if (change.affiliation() < v1::ROOM_AFFILIATION_NONE ||
      change.affiliation() > v1::ROOM_AFFILIATION_OWNER) {
    return BadAffiliation("an `affiliation` is unspecified or unknown");
  }
  if (absl::Status reason = CheckRoomReason(change.reason()); !reason.ok()) return reason;
  return RoomAffiliate{jid->Bare(), static_cast<RoomAffiliation>(change.affiliation()), "",
                       change.reason()};
}

}  // namespace

absl::StatusOr<std::string> CheckedRoom(const std::string& room) {
  auto jid = Jid::ParseBare(room);
  if (!jid.ok()) {
    return Invalid("BAD_ROOM", "`room` is not the bare JID of a room: room@rooms.example.org");
  }
  return jid->Bare();
}

absl::Status CheckRoomRequestId(const std::string& request_id) {
  return IsUuid(request_id) ? absl::OkStatus()
                            : Invalid("BAD_REQUEST_ID", "`request_id` is missing or not a UUID");
}

absl::Status CheckRoomNick(const std::string& nick) {
  // As the resource of a JID.
  const bool fits = nick.size() <= kMaximumNickBytes && Jid::Parse("a@b/" + nick).ok();
  return fits ? absl::OkStatus()
              : Invalid("BAD_NICK",
                        "`nick` is empty, too long, or has a character that a JID cannot");
}

absl::Status CheckRoomReason(const std::string& reason) {
  return IsShortText(reason) ? absl::OkStatus()
                             : Invalid("BAD_REASON",
                                       "`reason` is over 1,024 bytes or has a character that XML "
                                       "cannot carry");
}

absl::Status CheckRoomSubject(const std::string& subject) {
  return IsShortText(subject) ? absl::OkStatus()
                              : Invalid("BAD_SUBJECT",
                                        "`subject` is over 1,024 bytes or has a character that XML "
                                        "cannot carry");
}

absl::Status CheckStanzaId(const std::string& stanza_id) {
  const bool fits =
      !stanza_id.empty() && stanza_id.size() <= kMaximumIdBytes && IsXmlText(stanza_id);
  return fits ? absl::OkStatus()
              : Invalid("BAD_STANZA_ID", "`stanza_id` is empty or over 1,023 bytes");
}

absl::StatusOr<DataForm> ToAnswer(const v1::DataForm& form) {
  auto answer = FromProto(form);
  if (answer.ok() && answer->type != DataFormType::kSubmit &&
      answer->type != DataFormType::kCancel) {
    return Invalid("BAD_FORM", "`configuration` is neither of type SUBMIT nor CANCEL");
  }
  return answer;
}

absl::StatusOr<RoomRole> ToAssignableRole(v1::RoomRole role) {
  if (role < v1::ROOM_ROLE_VISITOR || role > v1::ROOM_ROLE_MODERATOR) {
    return Invalid("BAD_ROLE", "`role` is not VISITOR, PARTICIPANT or MODERATOR");
  }
  return static_cast<RoomRole>(role);
}

absl::StatusOr<RoomAffiliation> ToListedAffiliation(v1::RoomAffiliation affiliation) {
  if (affiliation < v1::ROOM_AFFILIATION_OUTCAST || affiliation > v1::ROOM_AFFILIATION_OWNER) {
    return BadAffiliation("`affiliation` is not OUTCAST, MEMBER, ADMIN or OWNER");
  }
  return static_cast<RoomAffiliation>(affiliation);
}

absl::StatusOr<RoomCreation> ToDomain(const v1::CreateRoomRequest& request) {
  auto room = CheckedRoom(request.room());
  if (!room.ok()) return room.status();
  if (!request.nick().empty()) {
    if (absl::Status nick = CheckRoomNick(request.nick()); !nick.ok()) return nick;
  }
  RoomCreation creation{*std::move(room), std::nullopt, request.reserve()};
  if (!request.has_configuration()) return creation;
  auto answer = ToAnswer(request.configuration());
  if (!answer.ok()) return answer.status();
  if (answer->type != DataFormType::kSubmit || creation.reserve) {
    return Invalid("BAD_FORM",
                   "`configuration` is of type SUBMIT, and not given together with `reserve`");
  }
  creation.configuration = *std::move(answer);
  return creation;
}

absl::StatusOr<std::vector<OutgoingInvitation>> ToDomain(const v1::InviteToRoomRequest& request) {
  const auto room = CheckedRoom(request.room());
  if (!room.ok()) return room.status();
  if (absl::Status reason = CheckRoomReason(request.reason()); !reason.ok()) return reason;
  if (request.invitees().empty() || request.invitees_size() > kMaximumItems) {
    return BadInvitees("`invitees` are 1 to 100 JIDs");
  }
  if (!IsShortText(request.password()) || !IsShortText(request.thread())) {
    return Invalid("BAD_REASON",
                   "`password` or `thread` is over 1,024 bytes or has a character that XML cannot "
                   "carry");
  }
  std::vector<OutgoingInvitation> invitations;
  for (const std::string& invitee : request.invitees()) {
    const auto jid = Jid::Parse(invitee);
    if (!jid.ok()) return BadInvitees(absl::StrCat("of `invitees`, ", jid.status().message()));
    invitations.push_back({*room, jid->Full(), request.route() == v1::INVITATION_ROUTE_DIRECT,
                           request.reason(), request.password(), request.continuation(),
                           request.thread()});
  }
  return invitations;
}

absl::StatusOr<std::vector<RoomAffiliate>> ToDomain(const v1::SetAffiliationsRequest& request) {
  if (request.changes().empty() || request.changes_size() > kMaximumItems) {
    return BadChanges("`changes` are 1 to 100");
  }
  std::vector<RoomAffiliate> changes;
  std::set<std::string> known;
  for (const auto& proto : request.changes()) {
    auto change = ToDomain(proto);
    if (!change.ok()) return change.status();
    if (!known.insert(change->jid).second) {
      return BadChanges(absl::StrCat("`changes` has ", change->jid, " twice"));
    }
    changes.push_back(*std::move(change));
  }
  return changes;
}

// The domain's numbers are those of the API.
static_assert(static_cast<int>(RoomRole::kNone) == v1::ROOM_ROLE_NONE);
static_assert(static_cast<int>(RoomRole::kModerator) == v1::ROOM_ROLE_MODERATOR);
static_assert(static_cast<int>(RoomAffiliation::kNone) == v1::ROOM_AFFILIATION_NONE);
static_assert(static_cast<int>(RoomAffiliation::kOwner) == v1::ROOM_AFFILIATION_OWNER);

}  // namespace chatwire::xmpp
