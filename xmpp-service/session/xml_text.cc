#include "xmpp-service/session/xml_text.h"

namespace chatwire::xmpp {
namespace {

bool IsShallow(const QDomElement& element, int depth) {
  if (depth > kMaximumXmlDepth) return false;
  for (auto child = element.firstChildElement(); !child.isNull();
       child = child.nextSiblingElement()) {
    if (!IsShallow(child, depth + 1)) return false;
  }
  return true;
}

QString LocalName(const QDomNode& node) {
  return node.localName().isEmpty() ? node.nodeName() : node.localName();
}

void WriteAttributes(QXmlStreamWriter& writer, const QDomElement& element) {
  const auto attributes = element.attributes();
  for (int i = 0; i < attributes.count(); ++i) {
    const auto attribute = attributes.item(i).toAttr();
    const QString name = attribute.nodeName();
    if (name == QLatin1String("xmlns") || name.startsWith(QLatin1String("xmlns:"))) continue;
    // The prefix `xml` is bound for ever.
    if (attribute.namespaceURI().isEmpty() || name.startsWith(QLatin1String("xml:"))) {
      writer.writeAttribute(name, attribute.value());
    } else {
      writer.writeAttribute(attribute.namespaceURI(), LocalName(attribute), attribute.value());
    }
  }
}

}  // namespace

bool IsShallow(const QDomElement& element) { return IsShallow(element, 1); }

void WriteElement(QXmlStreamWriter& writer, const QDomElement& element, const QString& around) {
  const QString own = element.namespaceURI();
  writer.writeStartElement(LocalName(element));
  if (own != around) writer.writeDefaultNamespace(own);
  WriteAttributes(writer, element);
  for (auto node = element.firstChild(); !node.isNull(); node = node.nextSibling()) {
    if (node.isElement()) {
      WriteElement(writer, node.toElement(), own);
    } else if (node.isText() || node.isCDATASection()) {
      writer.writeCharacters(node.nodeValue());
    }
  }
  writer.writeEndElement();
}

std::optional<std::string> ToXmlText(const QDomElement& element, size_t maximum_bytes) {
  if (!IsShallow(element)) return std::nullopt;
  QString text;
  QXmlStreamWriter writer(&text);
  WriteElement(writer, element, QString());
  std::string utf8 = text.toStdString();
  if (utf8.size() > maximum_bytes) return std::nullopt;
  return utf8;
}

}  // namespace chatwire::xmpp
