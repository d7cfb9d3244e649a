#ifndef CHATWIRE_XMPP_SERVICE_DOMAIN_ERROR_SOURCE_H_
#define CHATWIRE_XMPP_SERVICE_DOMAIN_ERROR_SOURCE_H_

#include <string>

namespace chatwire::xmpp {

/// Whether an error stanza from @p from can be the answer to a message that @p account has sent to
/// @p to (RFC 6120, section 8.3.1): of the recipient, of a server on the way, or of the account's
/// own. Whoever else says so has only learnt, or guessed, the message's id.
bool MayRefuse(const std::string& account, const std::string& to, const std::string& from);

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_DOMAIN_ERROR_SOURCE_H_
