#ifndef CHATWIRE_XMPP_SERVICE_WIRE_HISTORY_PROTO_H_
#define CHATWIRE_XMPP_SERVICE_WIRE_HISTORY_PROTO_H_

#include <optional>
#include <string>

#include "absl/time/time.h"
#include "chatwire/xmpp/v1/chat_history.pb.h"
#include "chatwire/xmpp/v1/event_service.pb.h"

namespace chatwire::xmpp {

/// Where an event stands in the history.
struct HistoryPlace {
  /// Bare JID of the other side.
  std::string peer;
  /// When it was sent.
  absl::Time time;
};

/// Nothing for an event that is no message.
std::optional<HistoryPlace> HistoryPlaceOf(const v1::Event& event);

/// @p event has a place in the history.
v1::HistoryMessage ToHistoryMessage(const v1::Event& event);

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_WIRE_HISTORY_PROTO_H_
