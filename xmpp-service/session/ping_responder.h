#ifndef CHATWIRE_XMPP_SERVICE_SESSION_PING_RESPONDER_H_
#define CHATWIRE_XMPP_SERVICE_SESSION_PING_RESPONDER_H_

#include <QXmppClientExtension.h>

namespace chatwire::xmpp {

/// Answers pings (XEP-0199), which QXmpp does not.
class PingResponder final : public QXmppClientExtension {
 public:
  QStringList discoveryFeatures() const override;
  bool handleStanza(const QDomElement& stanza,
                    const std::optional<QXmppE2eeMetadata>& metadata) override;
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_SESSION_PING_RESPONDER_H_
