#ifndef CHATWIRE_XMPP_SERVICE_DOMAIN_ROOM_ERROR_H_
#define CHATWIRE_XMPP_SERVICE_DOMAIN_ROOM_ERROR_H_

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "xmpp-service/domain/message.h"
#include "xmpp-service/domain/room.h"

namespace chatwire::xmpp {

/// What JoinRoom and ChangeNick say of a room's refusal (XEP-0045, section 7.2).
absl::Status RoomRefusal(const StanzaError& error);

absl::Status NotARoom(const std::string& room);
absl::Status NotInRoom(const std::string& room);
absl::Status RoomNotFound(const std::string& room);
absl::Status RoomAway(const std::string& room);
absl::Status LeftRoom(const std::string& room);
absl::Status TooManyRooms();
absl::Status InvitationNotFound(const std::string& room);

/// @p status for ListJoinedRooms.
RoomFailure FailureOf(const absl::Status& status);
/// After having been in the room.
RoomFailure FailureOf(RoomLeaveReason reason);

/// Whether trying again without anybody's doing is of no use, or not polite.
bool IsTerminal(const RoomFailure& failure);
bool IsTerminal(RoomLeaveReason reason);

/// Errors: INVALID_ARGUMENT/BAD_ROOM.
absl::StatusOr<std::string> ParseRoom(const std::string& room);
/// Errors: INVALID_ARGUMENT/BAD_NICK.
absl::Status CheckNick(const std::string& nick);

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_DOMAIN_ROOM_ERROR_H_
