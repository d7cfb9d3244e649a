#ifndef CHATWIRE_XMPP_SERVICE_DOMAIN_ROOM_ARRIVAL_H_
#define CHATWIRE_XMPP_SERVICE_DOMAIN_ROOM_ARRIVAL_H_

#include <functional>
#include <optional>
#include <string>

#include "absl/time/time.h"
#include "xmpp-service/domain/room_store.h"

namespace chatwire::xmpp {

/// What is needed to judge a message of a room.
struct RoomArrivalContext {
  std::string account;
  /// The account's nick.
  std::string nick;
  /// The account's id in the room (XEP-0421). May be empty.
  std::string occupant_id;
  /// The subject as last told.
  std::string subject;
  absl::Time now;
  /// Whether this bare JID may see the account's presence.
  std::function<bool(const std::string&)> is_contact;
};

/// What a message of a room does to the journal.
RoomArrival ToRoomArrival(const RoomArrivalContext& context, const RoomMessage& message);

/// What somebody does in the chat, where the message says only that. Nothing of the past, and
/// nothing of the account itself.
std::optional<EventPayload> ToRoomChatState(const RoomArrivalContext& context,
                                            const RoomMessage& message);

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_DOMAIN_ROOM_ARRIVAL_H_
