#ifndef CHATWIRE_XMPP_SERVICE_DOMAIN_ACTION_KEY_H_
#define CHATWIRE_XMPP_SERVICE_DOMAIN_ACTION_KEY_H_

#include <string>

#include "xmpp-service/domain/message.h"

namespace chatwire::xmpp {

/// Tells what a stanza does where its text does not; the same for every copy of it. Empty for a
/// text of its own.
std::string ActionKey(const MessageAction& action);

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_DOMAIN_ACTION_KEY_H_
