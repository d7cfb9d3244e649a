#ifndef CHATWIRE_XMPP_SERVICE_WIRE_HISTORY_CHANGE_H_
#define CHATWIRE_XMPP_SERVICE_WIRE_HISTORY_CHANGE_H_

#include <optional>
#include <string>

#include "chatwire/xmpp/v1/chat_history.pb.h"
#include "chatwire/xmpp/v1/event_service.pb.h"

namespace chatwire::xmpp {

/// Which message of the history an event is about.
struct HistoryChange {
  /// Bare JID of the other side.
  std::string peer;
  std::string message_id;
  /// Whether the account wrote that message. Not set: either side may have.
  std::optional<bool> own;
  /// That message was shown, and with it everything before; ApplyChange is not needed.
  bool displayed = false;
};

/// Nothing for an event that changes no message.
std::optional<HistoryChange> HistoryChangeOf(const v1::Event& event);

/// Adds what @p event says to @p state, which has only those fields of a message that are not as
/// they were in the beginning. Bounded, whatever comes.
void ApplyChange(const v1::Event& event, v1::HistoryMessage& state);

/// Puts @p state, as ApplyChange made it, over @p message.
void MergeState(const v1::HistoryMessage& state, v1::HistoryMessage& message);

/// The message was shown to who got it.
void MarkDisplayed(v1::HistoryMessage& message);

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_WIRE_HISTORY_CHANGE_H_
