#ifndef CHATWIRE_XMPP_SERVICE_DOMAIN_SENT_EVENT_H_
#define CHATWIRE_XMPP_SERVICE_DOMAIN_SENT_EVENT_H_

#include <string>

#include "absl/time/time.h"
#include "xmpp-service/domain/event.h"

namespace chatwire::xmpp {

/// What the journal says about @p message when it is accepted for sending by @p account (bare JID).
/// Not for Receipts.
EventPayload SentEvent(const std::string& account, const OutgoingMessage& message,
                       absl::Time accept_time);

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_DOMAIN_SENT_EVENT_H_
