#ifndef CHATWIRE_XMPP_SERVICE_DOMAIN_DISCOVERY_PORT_H_
#define CHATWIRE_XMPP_SERVICE_DOMAIN_DISCOVERY_PORT_H_

#include <string>
#include <vector>

#include "common/completion.h"
#include "xmpp-service/domain/discovery.h"

namespace chatwire::xmpp {

/// Service discovery (XEP-0030, XEP-0115) over a session. Threads and errors as those of
/// SessionPorts; an empty address is the account's server.
class DiscoveryPort {
 public:
  virtual ~DiscoveryPort() = default;

  /// Bare JID of the account that asks.
  virtual std::string account() const = 0;

  virtual void GetInfo(const std::string& jid, const std::string& node,
                       Completion<EntityInfo> done) = 0;

  /// At most @p limit items from @p start on.
  virtual void ListItems(const std::string& jid, const std::string& node,
                         const ItemsPosition& start, size_t limit, Completion<ItemsPage> done) = 0;

  /// The resources with which somebody is online, as far as their presence is seen; highest
  /// priority first.
  virtual std::vector<OnlineResource> ResourcesOf(const std::string& bare_jid) = 0;

  /// What a resource can do. Remembered by the hash of its presence, once that was found to be
  /// right.
  virtual void Describe(const std::string& bare_jid, const OnlineResource& resource,
                        Completion<EntityInfo> done) = 0;
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_DOMAIN_DISCOVERY_PORT_H_
