#ifndef CHATWIRE_XMPP_SERVICE_DOMAIN_MESSAGE_CHECK_H_
#define CHATWIRE_XMPP_SERVICE_DOMAIN_MESSAGE_CHECK_H_

#include "absl/status/status.h"
#include "xmpp-service/domain/outbox.h"

namespace chatwire::xmpp {

/// Whether @p message can be sent; also brings what compares equal into one form.
/// Errors: INVALID_ARGUMENT with the reasons of ChatService's calls.
absl::Status CheckMessage(NewMessage& message);

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_DOMAIN_MESSAGE_CHECK_H_
