#ifndef CHATWIRE_XMPP_SERVICE_DOMAIN_ROOM_INVITATION_H_
#define CHATWIRE_XMPP_SERVICE_DOMAIN_ROOM_INVITATION_H_

#include <string>

#include "absl/time/time.h"

namespace chatwire::xmpp {

/// An invitation into a room.
struct RoomInvitation {
  std::string room;
  /// May be empty.
  std::string from;
  std::string text;
  /// Sealed by PasswordVault once it is stored.
  std::string password;
  bool direct = false;
  absl::Time time;
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_DOMAIN_ROOM_INVITATION_H_
