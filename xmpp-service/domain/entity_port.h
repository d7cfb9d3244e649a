#ifndef CHATWIRE_XMPP_SERVICE_DOMAIN_ENTITY_PORT_H_
#define CHATWIRE_XMPP_SERVICE_DOMAIN_ENTITY_PORT_H_

#include <string>

#include "common/completion.h"
#include "xmpp-service/domain/discovery.h"

namespace chatwire::xmpp {

/// Simple questions to other entities. Threads and errors as those of SessionPorts; an empty
/// address is the account's server.
class EntityPort {
 public:
  virtual ~EntityPort() = default;

  /// XEP-0199.
  virtual void Ping(const std::string& jid, Completion<Pong> done) = 0;
  /// XEP-0012.
  virtual void GetLastActivity(const std::string& jid, Completion<LastActivity> done) = 0;
  /// XEP-0202.
  virtual void GetEntityTime(const std::string& jid, Completion<EntityTime> done) = 0;
  /// XEP-0092.
  virtual void GetSoftwareVersion(const std::string& jid, Completion<SoftwareVersion> done) = 0;
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_DOMAIN_ENTITY_PORT_H_
