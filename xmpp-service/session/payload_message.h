#ifndef CHATWIRE_XMPP_SERVICE_SESSION_PAYLOAD_MESSAGE_H_
#define CHATWIRE_XMPP_SERVICE_SESSION_PAYLOAD_MESSAGE_H_

#include <QXmppMessage.h>

#include <QXmlStreamWriter>
#include <functional>
#include <string>
#include <utility>

namespace chatwire::xmpp {

/// A message whose payload a function writes.
class PayloadMessage final : public QXmppMessage {
 public:
  using Payload = std::function<void(QXmlStreamWriter&)>;

  PayloadMessage(const std::string& to, const std::string& id, QXmppMessage::Type type,
                 Payload payload)
      : payload_(std::move(payload)) {
    setTo(QString::fromStdString(to));
    setId(QString::fromStdString(id));
    setType(type);
  }

  using QXmppMessage::toXml;
  void toXml(QXmlStreamWriter* writer, QXmpp::SceMode) const override {
    writer->writeStartElement(QStringLiteral("message"));
    writer->writeAttribute(QStringLiteral("to"), to());
    writer->writeAttribute(QStringLiteral("id"), id());
    if (type() == QXmppMessage::GroupChat) {
      writer->writeAttribute(QStringLiteral("type"), QStringLiteral("groupchat"));
    }
    payload_(*writer);
    writer->writeEndElement();
  }

 private:
  Payload payload_;
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_SESSION_PAYLOAD_MESSAGE_H_
