#include "xmpp-service/session/raw_stanza.h"

#include <QDomDocument>
#include <QXmlStreamReader>
#include <QXmlStreamWriter>
#include <utility>

#include "absl/strings/str_cat.h"
#include "xmpp-service/domain/errors.h"
#include "xmpp-service/domain/jid.h"
#include "xmpp-service/domain/text.h"
#include "xmpp-service/session/xml_text.h"

namespace chatwire::xmpp {
namespace {

constexpr size_t kMaximumBytes = 65'536;
constexpr QLatin1StringView kClient("jabber:client");

absl::Status Bad(absl::string_view what) {
  return Error(absl::StatusCode::kInvalidArgument, "BAD_STANZA", what);
}

absl::Status NotAllowed(absl::string_view what) {
  return Error(absl::StatusCode::kInvalidArgument, "STANZA_NOT_ALLOWED", what);
}

/// Goes through all tokens: what RFC 6120, section 11.1, forbids never reaches the tree.
absl::Status CheckTokens(const QByteArray& xml) {
  QXmlStreamReader reader(xml);
  // Entities of its own need a document type, which is refused before.
  int depth = 0;
  while (!reader.atEnd()) {
    switch (reader.readNext()) {
      case QXmlStreamReader::StartElement:
        if (++depth > kMaximumXmlDepth) return Bad("`xml` is nested too deeply");
        break;
      case QXmlStreamReader::EndElement:
        --depth;
        break;
      case QXmlStreamReader::StartDocument:
        if (!reader.documentVersion().isEmpty()) return Bad("`xml` has an XML declaration");
        break;
      case QXmlStreamReader::DTD:
      case QXmlStreamReader::EntityReference:
      case QXmlStreamReader::ProcessingInstruction:
      case QXmlStreamReader::Comment:
        return Bad("`xml` has a document type, entity, processing instruction or comment");
      default:
        break;
    }
  }
  if (!reader.hasError()) return absl::OkStatus();
  return Bad(
      absl::StrCat("`xml` is not one well-formed element: ", reader.errorString().toStdString()));
}

absl::StatusOr<QDomElement> Parse(const std::string& text) {
  if (text.size() > kMaximumBytes)
    return Bad(absl::StrCat("`xml` has over ", kMaximumBytes, " bytes"));
  if (!IsXmlText(text)) return Bad("`xml` is not UTF-8, or has a character that XML cannot carry");
  const QByteArray xml = QByteArray::fromStdString(text);
  const absl::Status tokens = CheckTokens(xml);
  if (!tokens.ok()) return tokens;
  QDomDocument document;
  using Option = QDomDocument::ParseOption;
  const QDomDocument::ParseOptions options = {Option::UseNamespaceProcessing,
                                              Option::PreserveSpacingOnlyNodes};
  if (!document.setContent(xml, options)) {
    return Bad("`xml` is not one well-formed element");
  }
  return document.documentElement();
}

/// Brings what stands in no namespace into that of stanzas, where the root does.
void MoveToClient(QDomDocument& document, const QDomElement& from, QDomElement& to) {
  const auto attributes = from.attributes();
  for (int i = 0; i < attributes.count(); ++i) {
    const auto attribute = attributes.item(i).toAttr();
    if (attribute.nodeName().startsWith(QLatin1String("xmlns"))) continue;
    if (attribute.namespaceURI().isEmpty()) {
      to.setAttribute(attribute.name(), attribute.value());
    } else {
      to.setAttributeNS(attribute.namespaceURI(), attribute.nodeName(), attribute.value());
    }
  }
  for (auto node = from.firstChild(); !node.isNull(); node = node.nextSibling()) {
    if (!node.isElement()) {
      to.appendChild(document.createTextNode(node.nodeValue()));
      continue;
    }
    const auto child = node.toElement();
    const QString xmlns = child.namespaceURI().isEmpty() ? QString(kClient) : child.namespaceURI();
    auto copy = document.createElementNS(xmlns, child.localName());
    MoveToClient(document, child, copy);
    to.appendChild(copy);
  }
}

absl::Status CheckPayload(const QString& xmlns, bool to_own_server) {
  for (const char* stream :
       {"http://etherx.jabber.org/streams", "urn:ietf:params:xml:ns:xmpp-bind",
        "urn:ietf:params:xml:ns:xmpp-session", "urn:ietf:params:xml:ns:xmpp-sasl",
        "urn:ietf:params:xml:ns:xmpp-streams", "urn:ietf:params:xml:ns:xmpp-tls", "urn:xmpp:bind:0",
        "urn:xmpp:sasl:2", "urn:xmpp:sm:2", "urn:xmpp:sm:3", "jabber:iq:auth"}) {
    if (xmlns == QLatin1StringView(stream)) return NotAllowed("this belongs to the stream");
  }
  if (xmlns == QLatin1StringView("urn:xmpp:carbons:2")) {
    return NotAllowed("carbons are switched by the service");
  }
  if (xmlns == QLatin1StringView("jabber:iq:register") && to_own_server) {
    return NotAllowed("use AccountService for the account itself");
  }
  return absl::OkStatus();
}

absl::Status CheckContent(const QDomElement& stanza, const std::string& account) {
  const QString to = stanza.attribute(QStringLiteral("to"));
  if (!to.isEmpty()) {
    const auto jid = Jid::Parse(to.toStdString());
    if (!jid.ok()) return jid.status();
  }
  const std::string bare = BareOf(to.toStdString());
  const std::string server = account.substr(account.find('@') + 1);
  const bool to_own_server = bare.empty() || bare == account || bare == server;
  const bool is_iq = stanza.localName() == QLatin1String("iq");
  for (auto child = stanza.firstChildElement(); !child.isNull();
       child = child.nextSiblingElement()) {
    const absl::Status status = CheckPayload(child.namespaceURI(), to_own_server);
    if (!status.ok()) return status;
    if (is_iq && child.localName() == QLatin1String("query") &&
        child.namespaceURI() == QLatin1StringView("urn:xmpp:mam:2")) {
      return NotAllowed("use ChatService.FetchArchive");
    }
  }
  if (stanza.localName() == QLatin1String("presence") && to.isEmpty()) {
    return NotAllowed("use PresenceService for the account's own presence");
  }
  return absl::OkStatus();
}

absl::Status CheckIq(const QDomElement& iq) {
  const QString type = iq.attribute(QStringLiteral("type"));
  if (type != QLatin1String("get") && type != QLatin1String("set")) {
    return Bad("an IQ has to be of type `get` or `set`");
  }
  const auto payload = iq.firstChildElement();
  if (payload.isNull() || !payload.nextSiblingElement().isNull()) {
    return Bad("an IQ has exactly one child");
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<QDomElement> ReadRawStanza(const std::string& xml, const std::string& account) {
  const auto root = Parse(xml);
  if (!root.ok()) return root.status();
  const QString name = root->localName();
  const bool is_stanza = name == QLatin1String("message") || name == QLatin1String("presence") ||
                         name == QLatin1String("iq");
  if (!is_stanza || (!root->namespaceURI().isEmpty() && root->namespaceURI() != kClient)) {
    return Bad("`xml` is no message, presence or iq in the namespace jabber:client");
  }
  QDomDocument document;
  auto stanza = document.createElementNS(kClient, name);
  MoveToClient(document, *root, stanza);
  document.appendChild(stanza);
  stanza.removeAttribute(QStringLiteral("from"));
  absl::Status status = CheckContent(stanza, account);
  if (status.ok() && name == QLatin1String("iq")) status = CheckIq(stanza);
  if (!status.ok()) return status;
  return stanza;
}

void RawStanza::toXml(QXmlStreamWriter* writer) const { WriteElement(*writer, element_, kClient); }

RawIq::RawIq(const QDomElement& element)
    : QXmppIq(element.attribute(QStringLiteral("type")) == QLatin1String("get") ? QXmppIq::Get
                                                                                : QXmppIq::Set),
      payload_(element.firstChildElement()) {
  setTo(element.attribute(QStringLiteral("to")));
}

void RawIq::toXmlElementFromChild(QXmlStreamWriter* writer) const {
  WriteElement(*writer, payload_, kClient);
}

}  // namespace chatwire::xmpp
