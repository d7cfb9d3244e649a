#ifndef CHATWIRE_XMPP_SERVICE_DOMAIN_ROOM_PRIVILEGE_H_
#define CHATWIRE_XMPP_SERVICE_DOMAIN_ROOM_PRIVILEGE_H_

#include "absl/status/status.h"

namespace chatwire::xmpp {

/// Says what a room has refused for want of a role or an affiliation: where @p status is the stanza
/// error `forbidden`, `not-allowed` or `registration-required`, it becomes
/// PERMISSION_DENIED/ROOM_PRIVILEGE_NEEDED, with @p needs, such as `owner`, in its metadata. Any
/// other status stays as it is.
absl::Status ExplainRefusal(const absl::Status& status, const char* needs);

/// The same for what only those in the room may ask: `not-acceptable` becomes
/// NOT_FOUND/NOT_IN_ROOM.
absl::Status ExplainOccupantRefusal(const absl::Status& status, const char* needs);

/// NOT_FOUND/NOT_IN_ROOM.
absl::Status NotInRoom();

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_DOMAIN_ROOM_PRIVILEGE_H_
