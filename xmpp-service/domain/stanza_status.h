#ifndef CHATWIRE_XMPP_SERVICE_DOMAIN_STANZA_STATUS_H_
#define CHATWIRE_XMPP_SERVICE_DOMAIN_STANZA_STATUS_H_

#include "absl/status/status.h"
#include "xmpp-service/domain/message.h"

namespace chatwire::xmpp {

/// What a caller is told when another entity has answered with a stanza error (RFC 6120, section
/// 8.3): the reason is `XMPP_` and the condition, such as NOT_FOUND / `XMPP_ITEM_NOT_FOUND`;
/// docs/errors.md has the list. The metadata carries `condition` and, if there was one, `text`.
absl::Status StanzaErrorStatus(const StanzaError& error);

/// The other entity has not answered in time: DEADLINE_EXCEEDED / `NO_ANSWER`.
absl::Status NoAnswer();

/// It has answered with something that is no answer to the question: UNAVAILABLE / `BAD_ANSWER`.
absl::Status BadAnswer(absl::string_view what);

/// Whether @p status is the stanza error @p condition, such as `item-not-found`.
bool IsStanzaError(const absl::Status& status, absl::string_view condition);

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_DOMAIN_STANZA_STATUS_H_
