#ifndef CHATWIRE_XMPP_SERVICE_SESSION_DISCOVERY_CLIENT_H_
#define CHATWIRE_XMPP_SERVICE_SESSION_DISCOVERY_CLIENT_H_

#include <map>
#include <string>
#include <vector>

#include "xmpp-service/domain/discovery_port.h"
#include "xmpp-service/session/session_part.h"
#include "xmpp-service/session/stream.h"

namespace chatwire::xmpp {

/// Service discovery (XEP-0030, with pages of XEP-0059, forms of XEP-0128 and the hashes of
/// XEP-0115).
class DiscoveryClient final : public SessionPart, public DiscoveryPort {
 public:
  explicit DiscoveryClient(Stream& stream) : stream_(stream) {}

  std::string account() const override { return stream_.account(); }
  void GetInfo(const std::string& jid, const std::string& node,
               Completion<EntityInfo> done) override;
  void ListItems(const std::string& jid, const std::string& node, const ItemsPosition& start,
                 size_t limit, Completion<ItemsPage> done) override;
  std::vector<OnlineResource> ResourcesOf(const std::string& bare_jid) override;
  void Describe(const std::string& bare_jid, const OnlineResource& resource,
                Completion<EntityInfo> done) override;

 private:
  void Ask(const std::string& jid, const std::string& node, Completion<QDomElement> done);

  Stream& stream_;
  /// By hash; only what the hash was right for, so one client cannot speak for others.
  std::map<std::string, EntityInfo> known_;
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_SESSION_DISCOVERY_CLIENT_H_
