#ifndef CHATWIRE_XMPP_SERVICE_SESSION_XML_H_
#define CHATWIRE_XMPP_SERVICE_SESSION_XML_H_

#include <QXmppIq.h>

#include <QDomElement>
#include <QString>
#include <QXmlStreamWriter>
#include <functional>
#include <string>

namespace chatwire::xmpp {

/// The first child of @p parent with that name and namespace; null where there is none.
QDomElement Child(const QDomElement& parent, const QString& name, QLatin1StringView xmlns);

/// An IQ whose payload a function writes.
class PayloadIq final : public QXmppIq {
 public:
  using Payload = std::function<void(QXmlStreamWriter&)>;

  /// @p to may be empty: the own account.
  PayloadIq(QXmppIq::Type type, const std::string& to, Payload payload);

 protected:
  void toXmlElementFromChild(QXmlStreamWriter* writer) const override { payload_(*writer); }

 private:
  Payload payload_;
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_SESSION_XML_H_
