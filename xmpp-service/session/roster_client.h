#ifndef CHATWIRE_XMPP_SERVICE_SESSION_ROSTER_CLIENT_H_
#define CHATWIRE_XMPP_SERVICE_SESSION_ROSTER_CLIENT_H_

#include <string>
#include <vector>

#include "xmpp-service/domain/roster_port.h"
#include "xmpp-service/session/session_part.h"
#include "xmpp-service/session/stream.h"

namespace chatwire::xmpp {

/// Changes the roster, and passes on what others do to subscriptions (RFC 6121, sections 2 and 3).
/// The roster itself comes by QXmpp's manager, whose functions for subscriptions are not used: they
/// do not tell whether the server has had the stanza.
class RosterClient final : public SessionPart, public RosterPort {
 public:
  explicit RosterClient(Stream& stream) : stream_(stream) {}

  bool OnStanza(const QDomElement& element) override;

  void Put(const std::string& jid, const std::string& name, const std::vector<std::string>& groups,
           Completion<bool> done) override;
  void Remove(const std::string& jid, Completion<bool> done) override;
  void SendSubscription(SubscriptionStanza stanza, const std::string& jid,
                        const std::string& message, Completion<bool> done) override;
  void SendDirected(const DirectedPresence& directed) override;

 private:
  Stream& stream_;
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_SESSION_ROSTER_CLIENT_H_
