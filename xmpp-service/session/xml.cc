#include "xmpp-service/session/xml.h"

#include <utility>

namespace chatwire::xmpp {

QDomElement Child(const QDomElement& parent, const QString& name, QLatin1StringView xmlns) {
  for (auto child = parent.firstChildElement(name); !child.isNull();
       child = child.nextSiblingElement(name)) {
    if (child.namespaceURI() == xmlns) return child;
  }
  return {};
}

PayloadIq::PayloadIq(QXmppIq::Type type, const std::string& to, Payload payload)
    : QXmppIq(type), payload_(std::move(payload)) {
  setTo(QString::fromStdString(to));
}

}  // namespace chatwire::xmpp
