#ifndef CHATWIRE_XMPP_SERVICE_SESSION_OCCUPIED_ROOMS_H_
#define CHATWIRE_XMPP_SERVICE_SESSION_OCCUPIED_ROOMS_H_

#include <set>
#include <string>

#include "xmpp-service/session/session_part.h"

namespace chatwire::xmpp {

/// Knows which rooms have told this session that it is in them (XEP-0045, status 110), and so, of
/// whom to believe what a room says.
class OccupiedRooms final : public SessionPart {
 public:
  bool Contains(const std::string& room) const { return rooms_.count(room) > 0; }

  bool OnStanza(const QDomElement& stanza) override;
  void OnUp(bool resumed) override;

 private:
  /// Bare JIDs.
  std::set<std::string> rooms_;
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_SESSION_OCCUPIED_ROOMS_H_
