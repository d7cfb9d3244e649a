#include "xmpp-service/session/last_activity_responder.h"

#include <chrono>

#include "xmpp-service/session/roster_lookup.h"
#include "xmpp-service/session/xml.h"

namespace chatwire::xmpp {
namespace {

constexpr QLatin1StringView kLast("jabber:iq:last");

}  // namespace

QStringList LastActivityResponder::Features() const { return {kLast}; }

bool LastActivityResponder::OnStanza(const QDomElement& stanza) {
  if (stanza.tagName() != QStringLiteral("iq") ||
      stanza.attribute(QStringLiteral("type")) != QStringLiteral("get") ||
      Child(stanza, QStringLiteral("query"), kLast).isNull()) {
    return false;
  }
  const QString from = stanza.attribute(QStringLiteral("from"));
  const bool allowed = MaySeePresence(stream_, from);
  const auto idle = std::chrono::duration_cast<std::chrono::seconds>(stream_.idle());
  PayloadIq answer(allowed ? QXmppIq::Result : QXmppIq::Error, from.toStdString(),
                   [idle, allowed](QXmlStreamWriter& xml) {
                     if (!allowed) return;
                     xml.writeStartElement(QStringLiteral("query"));
                     xml.writeDefaultNamespace(kLast);
                     xml.writeAttribute(QStringLiteral("seconds"), QString::number(idle.count()));
                     xml.writeEndElement();
                   });
  answer.setId(stanza.attribute(QStringLiteral("id")));
  if (!allowed) {
    answer.setError(QXmppStanza::Error(QXmppStanza::Error::Auth, QXmppStanza::Error::Forbidden));
  }
  stream_.Send(answer);
  return true;
}

}  // namespace chatwire::xmpp
