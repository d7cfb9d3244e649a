#include "xmpp-service/session/ping_responder.h"

#include <QXmppClient.h>
#include <QXmppIq.h>

#include <QDomElement>

namespace chatwire::xmpp {
namespace {

constexpr QLatin1StringView kPing("urn:xmpp:ping");

}  // namespace

QStringList PingResponder::discoveryFeatures() const { return {kPing}; }

bool PingResponder::handleStanza(const QDomElement& stanza,
                                 const std::optional<QXmppE2eeMetadata>&) {
  if (stanza.tagName() != QStringLiteral("iq") ||
      stanza.attribute(QStringLiteral("type")) != QStringLiteral("get") ||
      stanza.firstChildElement().tagName() != QStringLiteral("ping") ||
      stanza.firstChildElement().namespaceURI() != kPing) {
    return false;
  }
  QXmppIq pong(QXmppIq::Result);
  pong.setId(stanza.attribute(QStringLiteral("id")));
  pong.setTo(stanza.attribute(QStringLiteral("from")));
  client()->sendPacket(pong);
  return true;
}

}  // namespace chatwire::xmpp
