#include "xmpp-service/session/vcard_xml.h"

#include <QDomDocument>
#include <QXmlStreamWriter>
#include <algorithm>
#include <array>

#include "xmpp-service/domain/text.h"
#include "xmpp-service/session/xml.h"

namespace chatwire::xmpp {
namespace {

constexpr int kMaximumDepth = 10;

/// What is a field of Profile, or the avatar.
constexpr std::array<const char*, 14> kTyped = {"FN",   "N",     "NICKNAME", "BDAY",    "TITLE",
                                                "ROLE", "ORG",   "EMAIL",    "TEL",     "URL",
                                                "ADR",  "PHOTO", "DESC",     "JABBERID"};

bool IsTyped(const QString& name) {
  return std::any_of(kTyped.begin(), kTyped.end(),
                     [&name](const char* typed) { return name == QLatin1StringView(typed); });
}

QDomElement Part(const QDomElement& parent, const char* name) {
  return Child(parent, QLatin1StringView(name), kVCardNamespace);
}

std::string TextOf(const QDomElement& element) {
  return TruncateUtf8(element.text().toStdString(), Profile::kMaximumTextBytes);
}

std::string PartText(const QDomElement& parent, const char* name) {
  return TextOf(Part(parent, name));
}

template <typename Function>
void ForEach(const QDomElement& parent, const char* name, Function function) {
  const QString tag = QLatin1StringView(name);
  size_t count = 0;
  for (auto child = parent.firstChildElement(tag);
       !child.isNull() && count < Profile::kMaximumEntries;
       child = child.nextSiblingElement(tag), ++count) {
    function(child);
  }
}

/// The text of each, or of a part of each.
std::vector<std::string> Texts(const QDomElement& parent, const char* name,
                               const char* part = nullptr) {
  std::vector<std::string> texts;
  ForEach(parent, name, [&](const QDomElement& element) {
    std::string text = part == nullptr ? TextOf(element) : PartText(element, part);
    if (!text.empty()) texts.push_back(std::move(text));
  });
  return texts;
}

bool IsSound(const QDomElement& element, int depth) {
  if (depth > kMaximumDepth || element.namespaceURI() != kVCardNamespace ||
      element.tagName().contains(QLatin1Char(':'))) {
    return false;
  }
  for (auto child = element.firstChildElement(); !child.isNull();
       child = child.nextSiblingElement()) {
    if (!IsSound(child, depth + 1)) return false;
  }
  return true;
}

void WriteText(QXmlStreamWriter& writer, const char* name, const std::string& text) {
  if (!text.empty()) {
    writer.writeTextElement(QLatin1StringView(name), QString::fromStdString(text));
  }
}

/// One element for each text, with the text in a part of it.
void WriteTexts(QXmlStreamWriter& writer, const char* name, const char* part,
                const std::vector<std::string>& texts) {
  for (const std::string& text : texts) {
    writer.writeStartElement(QLatin1StringView(name));
    WriteText(writer, part, text);
    writer.writeEndElement();
  }
}

/// @p element is sound.
void WriteElement(QXmlStreamWriter& writer, const QDomElement& element) {
  writer.writeStartElement(element.tagName());
  const QDomNamedNodeMap attributes = element.attributes();
  for (int i = 0; i < attributes.count(); ++i) {
    const QDomAttr attribute = attributes.item(i).toAttr();
    if (attribute.name() != QStringLiteral("xmlns")) {
      writer.writeAttribute(attribute.name(), attribute.value());
    }
  }
  for (auto node = element.firstChild(); !node.isNull(); node = node.nextSibling()) {
    if (node.isElement()) {
      WriteElement(writer, node.toElement());
    } else if (node.isText() || node.isCDATASection()) {
      writer.writeCharacters(node.nodeValue());
    }
  }
  writer.writeEndElement();
}

std::string OtherXml(const QDomElement& vcard) {
  std::string xml;
  for (auto child = vcard.firstChildElement(); !child.isNull();
       child = child.nextSiblingElement()) {
    if (IsTyped(child.tagName()) || !IsSound(child, 0)) continue;
    QString text;
    QXmlStreamWriter writer(&text);
    WriteElement(writer, child);
    const std::string bytes = text.toStdString();
    // An element as a whole or not at all.
    if (xml.size() + bytes.size() <= Profile::kMaximumOtherBytes) xml += bytes;
  }
  return xml;
}

void WritePhoto(QXmlStreamWriter& writer, const VCardPhoto& photo) {
  if (photo.content.isEmpty()) return;
  writer.writeStartElement(QStringLiteral("PHOTO"));
  writer.writeTextElement(QStringLiteral("TYPE"), photo.mime_type);
  writer.writeTextElement(QStringLiteral("BINVAL"), photo.content);
  writer.writeEndElement();
}

void WriteAddress(QXmlStreamWriter& writer, const PostalAddress& address) {
  writer.writeStartElement(QStringLiteral("ADR"));
  WriteText(writer, "EXTADD", address.extended);
  WriteText(writer, "STREET", address.street);
  WriteText(writer, "LOCALITY", address.locality);
  WriteText(writer, "REGION", address.region);
  WriteText(writer, "PCODE", address.postal_code);
  WriteText(writer, "CTRY", address.country);
  writer.writeEndElement();
}

void WriteNames(QXmlStreamWriter& writer, const Profile& profile) {
  WriteText(writer, "FN", profile.full_name);
  if (!profile.family_name.empty() || !profile.given_name.empty() || !profile.middle_name.empty()) {
    writer.writeStartElement(QStringLiteral("N"));
    WriteText(writer, "FAMILY", profile.family_name);
    WriteText(writer, "GIVEN", profile.given_name);
    WriteText(writer, "MIDDLE", profile.middle_name);
    writer.writeEndElement();
  }
  WriteText(writer, "NICKNAME", profile.nickname);
}

void WriteWork(QXmlStreamWriter& writer, const Profile& profile) {
  WriteText(writer, "TITLE", profile.title);
  WriteText(writer, "ROLE", profile.role);
  if (profile.organization.empty() && profile.organization_units.empty()) return;
  writer.writeStartElement(QStringLiteral("ORG"));
  WriteText(writer, "ORGNAME", profile.organization);
  for (const std::string& unit : profile.organization_units) WriteText(writer, "ORGUNIT", unit);
  writer.writeEndElement();
}

}  // namespace

Profile ReadProfile(const QDomElement& vcard) {
  Profile profile;
  profile.full_name = PartText(vcard, "FN");
  const QDomElement names = Part(vcard, "N");
  profile.family_name = PartText(names, "FAMILY");
  profile.given_name = PartText(names, "GIVEN");
  profile.middle_name = PartText(names, "MIDDLE");
  profile.nickname = PartText(vcard, "NICKNAME");
  profile.birthday = PartText(vcard, "BDAY");
  profile.title = PartText(vcard, "TITLE");
  profile.role = PartText(vcard, "ROLE");
  const QDomElement organization = Part(vcard, "ORG");
  profile.organization = PartText(organization, "ORGNAME");
  profile.organization_units = Texts(organization, "ORGUNIT");
  profile.emails = Texts(vcard, "EMAIL", "USERID");
  profile.phone_numbers = Texts(vcard, "TEL", "NUMBER");
  profile.urls = Texts(vcard, "URL");
  profile.jids = Texts(vcard, "JABBERID");
  ForEach(vcard, "ADR", [&profile](const QDomElement& address) {
    profile.addresses.push_back({PartText(address, "STREET"), PartText(address, "EXTADD"),
                                 PartText(address, "LOCALITY"), PartText(address, "REGION"),
                                 PartText(address, "PCODE"), PartText(address, "CTRY")});
  });
  profile.description = PartText(vcard, "DESC");
  profile.other_xml = OtherXml(vcard);
  profile.has_photo = !ReadPhoto(vcard).content.isEmpty();
  return profile;
}

VCardPhoto ReadPhoto(const QDomElement& vcard) {
  const QDomElement photo = Part(vcard, "PHOTO");
  return {Part(photo, "TYPE").text(), Part(photo, "BINVAL").text()};
}

absl::StatusOr<QDomElement> ParseOtherXml(const std::string& xml) {
  QDomDocument document;
  const QByteArray whole =
      "<vCard xmlns='vcard-temp'>" + QByteArray::fromStdString(xml) + "</vCard>";
  if (xml.find("<!") != std::string::npos ||
      !document.setContent(whole, QDomDocument::ParseOption::UseNamespaceProcessing)) {
    return BadProfile("`other_xml` is not well-formed");
  }
  const QDomElement root = document.documentElement();
  if (!IsSound(root, 0)) {
    return BadProfile("`other_xml` is nested too deeply or has another namespace than vcard-temp");
  }
  for (auto child = root.firstChildElement(); !child.isNull(); child = child.nextSiblingElement()) {
    if (IsTyped(child.tagName())) {
      return BadProfile("`other_xml` has an element for which there is a field");
    }
  }
  return root;
}

void WriteVCard(QXmlStreamWriter& writer, const Profile& profile, const QDomElement& other,
                const VCardPhoto& photo) {
  writer.writeStartElement(QStringLiteral("vCard"));
  writer.writeDefaultNamespace(kVCardNamespace);
  WriteNames(writer, profile);
  WriteText(writer, "BDAY", profile.birthday);
  WriteWork(writer, profile);
  WriteTexts(writer, "EMAIL", "USERID", profile.emails);
  WriteTexts(writer, "TEL", "NUMBER", profile.phone_numbers);
  for (const std::string& url : profile.urls) WriteText(writer, "URL", url);
  for (const std::string& jid : profile.jids) WriteText(writer, "JABBERID", jid);
  for (const PostalAddress& address : profile.addresses) WriteAddress(writer, address);
  WriteText(writer, "DESC", profile.description);
  for (auto child = other.firstChildElement(); !child.isNull();
       child = child.nextSiblingElement()) {
    WriteElement(writer, child);
  }
  WritePhoto(writer, photo);
  writer.writeEndElement();
}

void WriteVCardWithPhoto(QXmlStreamWriter& writer, const QDomElement& vcard,
                         const VCardPhoto& photo) {
  writer.writeStartElement(QStringLiteral("vCard"));
  writer.writeDefaultNamespace(kVCardNamespace);
  for (auto child = vcard.firstChildElement(); !child.isNull();
       child = child.nextSiblingElement()) {
    if (child.tagName() != QStringLiteral("PHOTO") && IsSound(child, 0)) {
      WriteElement(writer, child);
    }
  }
  WritePhoto(writer, photo);
  writer.writeEndElement();
}

}  // namespace chatwire::xmpp
