#include "xmpp-service/domain/occupant_stays.h"

#include "absl/strings/str_cat.h"

namespace chatwire::xmpp {

void OccupantStays::OnPresence(const RoomPresence& presence, absl::Time now) {
  const std::string& nick = presence.participant.nick;
  if (presence.type == RoomPresence::Type::kUnavailable) {
    stays_.erase(nick);
  } else if (stays_.size() < kMaximumParticipants) {
    // Also over restarts no two are the same.
    stays_.try_emplace(nick, absl::StrCat(absl::ToUnixMicros(now), "/", ++count_));
  }
}

std::string OccupantStays::Of(const std::string& nick) const {
  const auto found = stays_.find(nick);
  return found == stays_.end() ? std::string() : found->second;
}

}  // namespace chatwire::xmpp
