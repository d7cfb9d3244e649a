#ifndef CHATWIRE_XMPP_SERVICE_SESSION_ROOM_QUERY_H_
#define CHATWIRE_XMPP_SERVICE_SESSION_ROOM_QUERY_H_

#include <QXmppIq.h>

#include <QXmlStreamWriter>
#include <string>
#include <utility>

#include "xmpp-service/session/xml.h"

namespace chatwire::xmpp {

/// An IQ with a `<query/>` of @p xmlns, whose inside @p inside writes.
inline PayloadIq Query(QXmppIq::Type type, const std::string& room, QLatin1StringView xmlns,
                       PayloadIq::Payload inside = nullptr) {
  return PayloadIq(type, room, [xmlns, inside = std::move(inside)](QXmlStreamWriter& writer) {
    writer.writeStartElement(QStringLiteral("query"));
    writer.writeDefaultNamespace(xmlns);
    if (inside) inside(writer);
    writer.writeEndElement();
  });
}

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_SESSION_ROOM_QUERY_H_
