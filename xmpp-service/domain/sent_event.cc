#include "xmpp-service/domain/sent_event.h"

#include <variant>

namespace chatwire::xmpp {
namespace {

constexpr MessageSource kSource = MessageSource::kApi;

struct EventOf {
  const std::string& account;
  const OutgoingMessage& message;
  absl::Time time;

  EventPayload operator()(std::monostate) const {
    return MessageSent{message.to, message.body, message.message_id,
                       kSource,    time,         message.details};
  }
  EventPayload operator()(const Correction& action) const {
    MessageCorrected corrected;
    corrected.from = account;
    corrected.to = message.to;
    corrected.corrected_id = action.message_id;
    corrected.body = message.body;
    corrected.message_id = message.message_id;
    corrected.sent_time = time;
    corrected.own = true;
    corrected.source = kSource;
    corrected.details = message.details;
    return corrected;
  }
  EventPayload operator()(const Retraction& action) const {
    return MessageRetracted{account, message.to, action.message_id, message.message_id, time,
                            true,    kSource};
  }
  EventPayload operator()(const Reaction& action) const {
    return MessageReacted{account, message.to, action.message_id, action.reactions, time,
                          true,    kSource};
  }
  EventPayload operator()(const Marking& action) const {
    return MessageMarked{account, message.to, action.message_id, action.marker, time,
                         true,    kSource};
  }
  EventPayload operator()(const Receipt& action) const {
    return MessageDelivered{account, action.message_id, time, kSource};
  }
};

}  // namespace

EventPayload SentEvent(const std::string& account, const OutgoingMessage& message,
                       absl::Time accept_time) {
  return std::visit(EventOf{account, message, accept_time}, message.action);
}

}  // namespace chatwire::xmpp
