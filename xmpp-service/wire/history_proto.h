#ifndef CHATWIRE_XMPP_SERVICE_WIRE_HISTORY_PROTO_H_
#define CHATWIRE_XMPP_SERVICE_WIRE_HISTORY_PROTO_H_

#include <optional>
#include <string>

#include "absl/time/time.h"
#include "chatwire/xmpp/v1/chat_history.pb.h"
#include "chatwire/xmpp/v1/event_service.pb.h"
#include "xmpp-service/domain/history.h"

namespace chatwire::xmpp {

/// Where an event stands in the history.
struct HistoryPlace {
  /// Bare JID of the other side.
  std::string peer;
  /// When it was sent.
  absl::Time time;
  /// By which later stanzas name it: in a room the id that the room gave it. May be empty.
  std::string message_id;
  /// The account wrote it.
  bool own = false;
};

/// Nothing for an event that is no message.
std::optional<HistoryPlace> HistoryPlaceOf(const v1::Event& event);

/// The message as it stands now. Errors: DATA_LOSS.
absl::StatusOr<v1::HistoryMessage> ToHistoryMessage(const StoredMessage& stored);

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_WIRE_HISTORY_PROTO_H_
