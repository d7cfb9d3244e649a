#include "xmpp-service/domain/room_error.h"

#include <algorithm>
#include <array>

#include "absl/strings/str_cat.h"
#include "common/error.h"
#include "xmpp-service/domain/errors.h"
#include "xmpp-service/domain/jid.h"
#include "xmpp-service/domain/stanza_status.h"

namespace chatwire::xmpp {
namespace {

/// What a condition means when a room answers with it to somebody who wants to enter.
struct Refusal {
  const char* condition;
  absl::StatusCode code;
  const char* reason;
  const char* message;
};

constexpr std::array kRefusals = {
    Refusal{"conflict", absl::StatusCode::kAlreadyExists, "NICK_TAKEN",
            "somebody else in the room has this nick; take another one"},
    Refusal{"not-authorized", absl::StatusCode::kPermissionDenied, "ROOM_PASSWORD",
            "the room wants a password, or another one"},
    Refusal{"registration-required", absl::StatusCode::kPermissionDenied, "ROOM_MEMBERS_ONLY",
            "the room lets only members in; ask its owner"},
    Refusal{"forbidden", absl::StatusCode::kPermissionDenied, "ROOM_BANNED",
            "the account is banned from the room"},
    Refusal{"service-unavailable", absl::StatusCode::kResourceExhausted, "ROOM_FULL",
            "as many as may are in the room"},
    Refusal{"resource-constraint", absl::StatusCode::kResourceExhausted, "ROOM_FULL",
            "as many as may are in the room"},
    Refusal{"item-not-found", absl::StatusCode::kNotFound, "ROOM_NOT_FOUND",
            "there is no such room, or it is not open yet"},
    Refusal{"not-allowed", absl::StatusCode::kNotFound, "ROOM_NOT_FOUND",
            "there is no such room, and the account may not make it"},
    Refusal{"not-acceptable", absl::StatusCode::kFailedPrecondition, "NICK_LOCKED",
            "the room wants the nick that is registered for the account"},
    Refusal{"jid-malformed", absl::StatusCode::kInvalidArgument, "BAD_NICK",
            "the room does not take this nick"}};

constexpr std::array kTerminal = {"ROOM_PASSWORD", "ROOM_MEMBERS_ONLY", "ROOM_BANNED",
                                  "NICK_LOCKED",   "BAD_NICK",          "NOT_A_ROOM"};

}  // namespace

absl::Status RoomRefusal(const StanzaError& error) {
  for (const Refusal& refusal : kRefusals) {
    if (error.condition != refusal.condition) continue;
    ErrorMetadata metadata{{"condition", error.condition}};
    if (!error.text.empty()) metadata["text"] = error.text;
    return MakeError(refusal.code, {"xmpp.chatwire", refusal.reason}, refusal.message, metadata);
  }
  return StanzaErrorStatus(error);
}

absl::Status NotARoom(const std::string& room) {
  return Error(absl::StatusCode::kFailedPrecondition, "NOT_A_ROOM",
               absl::StrCat(room, " is not a room"));
}

absl::Status NotInRoom(const std::string& room) {
  return Error(absl::StatusCode::kNotFound, "NOT_IN_ROOM",
               absl::StrCat("the account has not joined ", room, "; call JoinRoom first"));
}

absl::Status RoomNotFound(const std::string& room) {
  return Error(absl::StatusCode::kNotFound, "ROOM_NOT_FOUND",
               absl::StrCat("there is no room ", room));
}

absl::Status RoomAway(const std::string& room) {
  return Error(absl::StatusCode::kUnavailable, "ROOM_AWAY",
               absl::StrCat("the account is not in ", room, " at the moment; try again"));
}

absl::Status LeftRoom(const std::string& room) {
  return Error(absl::StatusCode::kAborted, "ROOM_LEFT",
               absl::StrCat("the account left ", room, " meanwhile"));
}

absl::Status TooManyRooms() {
  return Error(absl::StatusCode::kResourceExhausted, "TOO_MANY_ROOMS",
               absl::StrCat("the account is in ", kMaximumRooms, " rooms; leave one first"));
}

absl::Status InvitationNotFound(const std::string& room) {
  return Error(absl::StatusCode::kNotFound, "INVITATION_NOT_FOUND",
               absl::StrCat("there is no invitation into ", room));
}

RoomFailure FailureOf(const absl::Status& status) {
  return {ReasonOf(status), std::string(status.message())};
}

RoomFailure FailureOf(RoomLeaveReason reason) {
  switch (reason) {
    case RoomLeaveReason::kKicked:
      return {"KICKED", "a moderator has sent the account out of the room"};
    case RoomLeaveReason::kBanned:
      return {"ROOM_BANNED", "the account is banned from the room"};
    case RoomLeaveReason::kDestroyed:
      return {"DESTROYED", "the room is destroyed"};
    case RoomLeaveReason::kNotMember:
      return {"ROOM_MEMBERS_ONLY", "the room lets only members in; ask its owner"};
    case RoomLeaveReason::kShutdown:
      return {"SHUTDOWN", "the room's server stopped"};
    default:
      return {"CONNECTION", "the room did not know the account any more"};
  }
}

bool IsTerminal(const RoomFailure& failure) {
  return std::any_of(kTerminal.begin(), kTerminal.end(),
                     [&failure](const char* reason) { return failure.reason == reason; });
}

bool IsTerminal(RoomLeaveReason reason) {
  return reason == RoomLeaveReason::kKicked || reason == RoomLeaveReason::kBanned ||
         reason == RoomLeaveReason::kDestroyed || reason == RoomLeaveReason::kNotMember;
}

absl::StatusOr<std::string> ParseRoom(const std::string& room) {
  const auto jid = Jid::ParseBare(room);
  if (jid.ok()) return jid->Bare();
  return Error(absl::StatusCode::kInvalidArgument, "BAD_ROOM",
               "`room` is not the bare JID of a room such as room@rooms.example.org");
}

absl::Status CheckNick(const std::string& nick) {
  if (Jid::Parse(absl::StrCat("room@x/", nick)).ok()) return absl::OkStatus();
  return Error(absl::StatusCode::kInvalidArgument, "BAD_NICK",
               absl::StrCat("`nick` is empty, over ", kMaximumNickBytes,
                            " bytes, or has a character that a JID cannot"));
}

}  // namespace chatwire::xmpp
