#ifndef CHATWIRE_XMPP_SERVICE_DOMAIN_ROOM_SPEAKER_H_
#define CHATWIRE_XMPP_SERVICE_DOMAIN_ROOM_SPEAKER_H_

#include <string>

#include "xmpp-service/domain/room_roles.h"

namespace chatwire::xmpp {

/// Who is behind a nick at the moment at which they write. A nick may be somebody else's a moment
/// later, so it is noted when the message comes.
struct RoomSpeaker {
  RoomRole role = RoomRole::kNone;
  RoomAffiliation affiliation = RoomAffiliation::kNone;
  /// The real full JID, where the room shows it.
  std::string jid;
  /// XEP-0421. May be empty.
  std::string occupant_id;
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_DOMAIN_ROOM_SPEAKER_H_
