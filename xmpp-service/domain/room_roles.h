#ifndef CHATWIRE_XMPP_SERVICE_DOMAIN_ROOM_ROLES_H_
#define CHATWIRE_XMPP_SERVICE_DOMAIN_ROOM_ROLES_H_

#include <optional>

#include "absl/strings/string_view.h"

namespace chatwire::xmpp {

/// What somebody may do while they are in a room (XEP-0045, section 5.1). The numbers are those of
/// the API.
enum class RoomRole { kNone = 1, kVisitor = 2, kParticipant = 3, kModerator = 4 };

/// What somebody is to a room, also while they are not in it (XEP-0045, section 5.2). The numbers
/// are those of the API.
enum class RoomAffiliation { kNone = 1, kOutcast = 2, kMember = 3, kAdmin = 4, kOwner = 5 };

/// As XEP-0045 writes them, such as `outcast`.
const char* ToString(RoomRole role);
const char* ToString(RoomAffiliation affiliation);

/// Reads what a room wrote. Nothing for what XEP-0045 does not know.
std::optional<RoomRole> ParseRoomRole(absl::string_view text);
std::optional<RoomAffiliation> ParseRoomAffiliation(absl::string_view text);

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_DOMAIN_ROOM_ROLES_H_
