#ifndef CHATWIRE_XMPP_SERVICE_DOMAIN_ROOM_PARTICIPANTS_H_
#define CHATWIRE_XMPP_SERVICE_DOMAIN_ROOM_PARTICIPANTS_H_

#include <map>
#include <string>
#include <vector>

#include "xmpp-service/domain/event.h"
#include "xmpp-service/domain/room.h"

namespace chatwire::xmpp {

/// Why somebody is said to have left, by status code; kUnknown where nothing says it.
RoomLeaveReason LeaveReasonOf(const RoomPresence& presence);

/// Who is in a room, as its presences tell.
class RoomParticipants {
 public:
  explicit RoomParticipants(std::string room) : room_(std::move(room)) {}

  /// The account is not in the room any more: what is known is not certain.
  void Forget();

  /// The account is in, and has been told of everybody. Returns what is to be journalled: nothing
  /// the first time, later who has gone meanwhile.
  std::vector<EventPayload> Enter();

  /// Takes over a presence that is no error; returns what is to be journalled.
  std::vector<EventPayload> Apply(const RoomPresence& presence);

  /// Null where nobody has this nick.
  const Participant* Find(const std::string& nick) const;
  size_t count() const { return participants_.size(); }
  bool truncated() const { return truncated_; }

  /// At most @p limit participants with a nick above @p after, in order.
  std::vector<Participant> List(const std::string& after, size_t limit) const;

 private:
  struct Entry {
    Participant participant;
    /// From before the account was away.
    bool stale = false;
  };

  std::vector<EventPayload> Come(const RoomPresence& presence);
  std::vector<EventPayload> Go(const RoomPresence& presence);
  std::vector<EventPayload> Rename(const RoomPresence& presence, Entry entry);

  const std::string room_;
  std::map<std::string, Entry> participants_;
  /// The account has been in once: what is different from then on is news.
  bool telling_ = false;
  bool truncated_ = false;
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_DOMAIN_ROOM_PARTICIPANTS_H_
