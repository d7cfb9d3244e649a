#ifndef CHATWIRE_XMPP_SERVICE_DOMAIN_OCCUPANT_STAYS_H_
#define CHATWIRE_XMPP_SERVICE_DOMAIN_OCCUPANT_STAYS_H_

#include <cstdint>
#include <map>
#include <string>

#include "absl/time/time.h"
#include "xmpp-service/domain/room.h"

namespace chatwire::xmpp {

/// Since when each nick in a room has been with the same person, as far as this account has seen:
/// a nick that was left may be anybody's next.
class OccupantStays {
 public:
  /// Takes over a presence that is no error.
  void OnPresence(const RoomPresence& presence, absl::Time now);
  /// The account does not see any more who comes and goes.
  void Forget() { stays_.clear(); }
  /// The same from a nick's coming to its going, and never again. Empty: it is not there.
  std::string Of(const std::string& nick) const;

 private:
  std::map<std::string, std::string> stays_;
  int64_t count_ = 0;
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_DOMAIN_OCCUPANT_STAYS_H_
