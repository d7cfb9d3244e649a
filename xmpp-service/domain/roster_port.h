#ifndef CHATWIRE_XMPP_SERVICE_DOMAIN_ROSTER_PORT_H_
#define CHATWIRE_XMPP_SERVICE_DOMAIN_ROSTER_PORT_H_

#include <string>
#include <vector>

#include "common/completion.h"
#include "xmpp-service/domain/presence.h"
#include "xmpp-service/domain/subscription.h"

namespace chatwire::xmpp {

/// The roster as the account's server keeps it, subscriptions, and what is shown to single
/// addresses (RFC 6121). Used as Session is. What changes is told to the listener by the server's
/// pushes.
class RosterPort {
 public:
  virtual ~RosterPort() = default;

  /// Adds the contact, or gives it this name and these groups. OK once the server has done it.
  /// Errors: those of an XMPP answer, NO_ANSWER, SESSION_OFFLINE.
  virtual void Put(const std::string& jid, const std::string& name,
                   const std::vector<std::string>& groups, Completion<bool> done) = 0;

  /// Removes the contact and both subscriptions. Errors: the same.
  virtual void Remove(const std::string& jid, Completion<bool> done) = 0;

  /// Sends a stanza about a subscription to @p jid (bare). There is no answer to one, so OK says
  /// that the server has answered what was sent behind it, and so has had it (RFC 6120,
  /// section 10.1). Errors: NO_ANSWER, SESSION_OFFLINE.
  virtual void SendSubscription(SubscriptionStanza stanza, const std::string& jid,
                                const std::string& message, Completion<bool> done) = 0;

  /// Shows @p directed.to its presence. Best effort.
  virtual void SendDirected(const DirectedPresence& directed) = 0;
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_DOMAIN_ROSTER_PORT_H_
