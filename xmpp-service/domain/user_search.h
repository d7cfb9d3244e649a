#ifndef CHATWIRE_XMPP_SERVICE_DOMAIN_USER_SEARCH_H_
#define CHATWIRE_XMPP_SERVICE_DOMAIN_USER_SEARCH_H_

#include <string>

#include "common/completion.h"
#include "xmpp-service/domain/discovery_port.h"

namespace chatwire::xmpp {

/// Gives @p service back, or where it is empty the first search service (XEP-0055) of the account's
/// server. Threads as FindServerFeatures. Errors: NOT_FOUND/SEARCH_NOT_OFFERED, and those of
/// DiscoveryPort.
void FindSearchService(DiscoveryPort& discovery, const std::string& service,
                       Completion<std::string> done);

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_DOMAIN_USER_SEARCH_H_
