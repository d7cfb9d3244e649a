#ifndef CHATWIRE_XMPP_SERVICE_DOMAIN_ROOM_ADMIN_EVENT_H_
#define CHATWIRE_XMPP_SERVICE_DOMAIN_ROOM_ADMIN_EVENT_H_

#include <string>

#include "absl/time/time.h"

namespace chatwire::xmpp {

/// Somebody asks for the right to speak in a room that the account moderates.
struct VoiceRequested {
  std::string room;
  std::string jid;
  std::string nick;
};

/// A moderator has retracted a message for all who are in a room.
struct MessageModerated {
  std::string room;
  std::string stanza_id;
  /// Full room JID; may be empty.
  std::string moderator;
  std::string reason;
  absl::Time moderate_time;
};

/// Somebody declines an invitation that the account had sent through a room.
struct RoomInvitationDeclined {
  std::string room;
  std::string from;
  std::string reason;
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_DOMAIN_ROOM_ADMIN_EVENT_H_
