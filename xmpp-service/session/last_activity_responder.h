#ifndef CHATWIRE_XMPP_SERVICE_SESSION_LAST_ACTIVITY_RESPONDER_H_
#define CHATWIRE_XMPP_SERVICE_SESSION_LAST_ACTIVITY_RESPONDER_H_

#include "xmpp-service/session/session_part.h"
#include "xmpp-service/session/stream.h"

namespace chatwire::xmpp {

/// Answers how long the account has not been used (XEP-0012): contacts who may see its presence,
/// and nobody else.
class LastActivityResponder final : public SessionPart {
 public:
  explicit LastActivityResponder(Stream& stream) : stream_(stream) {}

  QStringList Features() const override;
  bool OnStanza(const QDomElement& stanza) override;

 private:
  Stream& stream_;
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_SESSION_LAST_ACTIVITY_RESPONDER_H_
