#ifndef CHATWIRE_XMPP_SERVICE_DOMAIN_ROOM_MESSAGE_SENDER_H_
#define CHATWIRE_XMPP_SERVICE_DOMAIN_ROOM_MESSAGE_SENDER_H_

#include "absl/time/time.h"
#include "common/completion.h"
#include "xmpp-service/domain/account_directory.h"
#include "xmpp-service/domain/delivery_waiters.h"
#include "xmpp-service/domain/room_store.h"

namespace chatwire::xmpp {

/// Accepts messages for rooms, and waits for their delivery where that is wanted. Thread-safe.
class RoomMessageSender {
 public:
  RoomMessageSender(AccountDirectory& accounts, RoomStore& store, DeliveryWaiters& waiters)
      : accounts_(accounts), store_(store), waiters_(waiters) {}

  /// Checks, stores and sends. @p confirm_timeout: zero when ACCEPTED is enough. Room and nick are
  /// checked. The errors are those of RoomService.SendRoomMessage and its like.
  void Send(NewRoomMessage message, absl::Duration confirm_timeout,
            Completion<AcceptedRoomMessage> done);

 private:
  AccountDirectory& accounts_;
  RoomStore& store_;
  DeliveryWaiters& waiters_;
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_DOMAIN_ROOM_MESSAGE_SENDER_H_
