#ifndef CHATWIRE_XMPP_SERVICE_DOMAIN_ROOM_SENDER_H_
#define CHATWIRE_XMPP_SERVICE_DOMAIN_ROOM_SENDER_H_

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "common/completion.h"
#include "xmpp-service/domain/lifeline.h"
#include "xmpp-service/domain/room_port.h"
#include "xmpp-service/domain/room_store.h"

namespace chatwire::xmpp {

/// Sends what waits for one room, in order, as long as the account is in it. Lives on the account's
/// executor.
class RoomSender {
 public:
  using OnDelivery = std::function<void(const std::string& message_id, DeliveryStage stage)>;

  /// Most messages that are sent and not confirmed.
  static constexpr size_t kWindow = 64;

  RoomSender(std::string account, std::string room, RoomStore& store, Executor& executor,
             OnDelivery on_delivery);

  /// The account is in the room, and has fetched what it missed: everything unconfirmed goes out.
  void OnInside(RoomPort* port);
  /// The stream goes on, and so does what was on its way.
  void OnResumed(RoomPort* port);
  void OnStreamDown() { port_ = nullptr; }
  /// The account is not in the room any more.
  void OnOutside();

  /// There is one more message, in the order of rows.
  void OnAccepted(const OutgoingRoomMessage& message);
  /// The room has shown this message.
  void OnConfirmed(const std::string& message_id);
  /// The room refused this message. True: it seems not to know the account any more.
  bool OnRefused(const std::string& message_id, const StanzaError& error);

 private:
  struct Sent {
    int64_t row = 0;
    bool to_participant = false;
  };

  void Pump();
  void OnPending(absl::StatusOr<std::vector<OutgoingRoomMessage>> messages);
  void Send(const OutgoingRoomMessage& message);
  void OnTaken(const std::string& message_id);

  const std::string account_;
  const std::string room_;
  RoomStore& store_;
  OnDelivery on_delivery_;
  RoomPort* port_ = nullptr;
  bool inside_ = false;
  bool reading_ = false;
  /// There may be rows after cursor_.
  bool behind_ = true;
  int64_t cursor_ = 0;
  /// Counts stays in the room, so that late answers of an older one do no harm.
  int stay_ = 0;
  std::map<std::string, Sent> in_flight_;
  /// How often the room has said that it does not know who sends this.
  std::map<std::string, int> strange_;
  Lifeline lifeline_;
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_DOMAIN_ROOM_SENDER_H_
