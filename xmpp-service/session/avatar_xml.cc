#include "xmpp-service/session/avatar_xml.h"

#include <QXmlStreamWriter>

#include "xmpp-service/domain/avatar.h"
#include "xmpp-service/session/xml.h"

namespace chatwire::xmpp {
namespace {

constexpr QLatin1StringView kPubsub("http://jabber.org/protocol/pubsub");
constexpr QLatin1StringView kPubsubEvent("http://jabber.org/protocol/pubsub#event");

QDomElement ItemsIn(const QDomElement& parent, QLatin1StringView xmlns, QLatin1StringView node) {
  const QDomElement items = Child(parent, QStringLiteral("items"), xmlns);
  return items.attribute(QStringLiteral("node")) == node ? items : QDomElement();
}

/// The last item: nodes of avatars have one, and who keeps more means the newest.
QDomElement LastItem(const QDomElement& items) {
  return items.lastChildElement(QStringLiteral("item"));
}

}  // namespace

void WriteItemsRequest(QXmlStreamWriter& writer, QLatin1StringView node, const std::string& item) {
  writer.writeStartElement(QStringLiteral("pubsub"));
  writer.writeDefaultNamespace(kPubsub);
  writer.writeStartElement(QStringLiteral("items"));
  writer.writeAttribute(QStringLiteral("node"), node);
  if (item.empty()) {
    writer.writeAttribute(QStringLiteral("max_items"), QStringLiteral("1"));
  } else {
    writer.writeEmptyElement(QStringLiteral("item"));
    writer.writeAttribute(QStringLiteral("id"), QString::fromStdString(item));
  }
  writer.writeEndElement();
  writer.writeEndElement();
}

QDomElement ItemsOf(const QDomElement& iq, QLatin1StringView node) {
  return ItemsIn(Child(iq, QStringLiteral("pubsub"), kPubsub), kPubsub, node);
}

QDomElement ItemsOfEvent(const QDomElement& message, QLatin1StringView node) {
  return ItemsIn(Child(message, QStringLiteral("event"), kPubsubEvent), kPubsubEvent, node);
}

std::string HashOfItems(const QDomElement& items) {
  const QDomElement metadata = Child(LastItem(items), QStringLiteral("metadata"), kAvatarMetadata);
  for (auto info = metadata.firstChildElement(QStringLiteral("info")); !info.isNull();
       info = info.nextSiblingElement(QStringLiteral("info"))) {
    // What is behind a URL is nothing that the account's server vouches for.
    if (info.hasAttribute(QStringLiteral("url"))) continue;
    const std::string hash = info.attribute(QStringLiteral("id")).toLower().toStdString();
    if (IsAvatarHash(hash)) return hash;
  }
  return "";
}

QString DataOfItems(const QDomElement& items) {
  return Child(LastItem(items), QStringLiteral("data"), kAvatarData).text();
}

void WritePublication(QXmlStreamWriter& writer, QLatin1StringView node, const std::string& item,
                      const std::function<void(QXmlStreamWriter&)>& write) {
  writer.writeStartElement(QStringLiteral("pubsub"));
  writer.writeDefaultNamespace(kPubsub);
  writer.writeStartElement(QStringLiteral("publish"));
  writer.writeAttribute(QStringLiteral("node"), node);
  writer.writeStartElement(QStringLiteral("item"));
  if (!item.empty()) writer.writeAttribute(QStringLiteral("id"), QString::fromStdString(item));
  write(writer);
  writer.writeEndElement();
  writer.writeEndElement();
  writer.writeEndElement();
}

void WriteAvatarData(QXmlStreamWriter& writer, const QByteArray& content) {
  writer.writeStartElement(QStringLiteral("data"));
  writer.writeDefaultNamespace(kAvatarData);
  writer.writeCharacters(QString::fromLatin1(content.toBase64()));
  writer.writeEndElement();
}

void WriteMetadata(QXmlStreamWriter& writer, const std::string& hash, const std::string& mime_type,
                   size_t bytes) {
  writer.writeStartElement(QStringLiteral("metadata"));
  writer.writeDefaultNamespace(kAvatarMetadata);
  if (!hash.empty()) {
    writer.writeEmptyElement(QStringLiteral("info"));
    writer.writeAttribute(QStringLiteral("id"), QString::fromStdString(hash));
    writer.writeAttribute(QStringLiteral("type"), QString::fromStdString(mime_type));
    writer.writeAttribute(QStringLiteral("bytes"), QString::number(bytes));
  }
  writer.writeEndElement();
}

}  // namespace chatwire::xmpp
