#ifndef CHATWIRE_XMPP_SERVICE_DOMAIN_ARRIVAL_H_
#define CHATWIRE_XMPP_SERVICE_DOMAIN_ARRIVAL_H_

#include <functional>
#include <string>

#include "absl/time/time.h"
#include "xmpp-service/domain/event_log.h"
#include "xmpp-service/domain/message.h"

namespace chatwire::xmpp {

/// What is needed to judge a stanza.
struct ArrivalContext {
  /// Bare JID.
  std::string account;
  /// The server stamps archive ids itself and removes forged ones (XEP-0313, section 4).
  bool trust_archive_ids = false;
  absl::Time now;
  /// Whether this bare JID may see the account's presence.
  std::function<bool(const std::string&)> is_contact;
  /// Makes the password of an invitation unreadable at rest.
  std::function<std::string(const std::string&)> seal;
};

/// What @p message does to the journal: a text that came in or was sent elsewhere, something that
/// happens to an earlier message, a chat state, or nothing at all. Errors (`message.error`) are not
/// for here. What a stranger wrote is bounded here.
Arrival ToArrival(const ArrivalContext& context, IncomingMessage message);

/// Whether @p message, once it is journalled, is to be answered with a receipt (XEP-0184): a text
/// that came to this account itself, from somebody who may see its presence anyway.
bool WantsReceipt(const ArrivalContext& context, const IncomingMessage& message);

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_DOMAIN_ARRIVAL_H_
