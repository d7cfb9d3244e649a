#ifndef CHATWIRE_XMPP_SERVICE_DOMAIN_EVENT_H_
#define CHATWIRE_XMPP_SERVICE_DOMAIN_EVENT_H_

#include <string>
#include <variant>

#include "absl/time/time.h"
#include "xmpp-service/domain/avatar.h"
#include "xmpp-service/domain/blocking_event.h"
#include "xmpp-service/domain/bookmark.h"
#include "xmpp-service/domain/chat_event.h"
#include "xmpp-service/domain/connection.h"
#include "xmpp-service/domain/presence.h"
#include "xmpp-service/domain/room_admin_event.h"
#include "xmpp-service/domain/room_event.h"
#include "xmpp-service/domain/subscription.h"

namespace chatwire::xmpp {

/// The account's own session changed its state.
struct ConnectionChanged {
  Connection connection;
};

/// A contact's presence changed.
struct PresenceReceived {
  std::string from;
  Presence presence;
};

/// A roster entry was added, changed or removed.
struct ContactChanged {
  Contact contact;
  bool removed = false;
};

using EventPayload =
    std::variant<MessageReceived, MessageSent, MessageAcknowledged, MessageFailed,
                 ChatStateReceived, ConnectionChanged, PresenceReceived, ContactChanged,
                 MessageCorrected, MessageRetracted, MessageReacted, MessageDelivered,
                 MessageMarked, SubscriptionRequested, SubscriptionChanged, RoomMessageReceived,
                 RoomMessageFailed, RoomSubjectChanged, RoomJoined, RoomLeft, ParticipantJoined,
                 ParticipantLeft, ParticipantChanged, InvitationReceived, RoomConfigChanged,
                 RoomPrivateMessageReceived, AvatarChanged, VoiceRequested, MessageModerated,
                 RoomInvitationDeclined, BlockListChanged, BookmarkChanged, RoomMessageCorrected,
                 RoomMessageRetracted, RoomMessageReacted, RoomChatStateReceived>;

/// Says that @p payload is about the message with that id, where it is about one.
void SetTarget(EventPayload& payload, const std::string& message_id);

/// The same in a room, where a message has two ids.
void SetRoomTarget(EventPayload& payload, const std::string& message_id,
                   const std::string& stanza_id);

/// One thing that happened on one account.
struct Event {
  /// UUID, the same for ever.
  std::string event_id;
  std::string account;
  absl::Time create_time;
  EventPayload payload;
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_DOMAIN_EVENT_H_
