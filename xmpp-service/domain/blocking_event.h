#ifndef CHATWIRE_XMPP_SERVICE_DOMAIN_BLOCKING_EVENT_H_
#define CHATWIRE_XMPP_SERVICE_DOMAIN_BLOCKING_EVENT_H_

#include <string>
#include <vector>

namespace chatwire::xmpp {

/// The account's block list was changed, by whichever of its clients (XEP-0191).
struct BlockListChanged {
  std::vector<std::string> blocked;
  std::vector<std::string> unblocked;
  bool all_unblocked = false;
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_DOMAIN_BLOCKING_EVENT_H_
