#include "xmpp-service/session/archive_xml.h"

#include <QDateTime>
#include <QTimeZone>
#include <vector>

#include "xmpp-service/domain/stanza_status.h"
#include "xmpp-service/session/xml.h"

namespace chatwire::xmpp {
namespace {

constexpr QLatin1StringView kRsm("http://jabber.org/protocol/rsm");
constexpr QLatin1StringView kForms("jabber:x:data");
constexpr size_t kMaximumListedJids = 1000;

QString Text(const std::string& text) { return QString::fromStdString(text); }

void WriteField(QXmlStreamWriter& xml, QAnyStringView name, QAnyStringView value) {
  xml.writeStartElement(QStringLiteral("field"));
  xml.writeAttribute(QStringLiteral("var"), name);
  xml.writeTextElement(QStringLiteral("value"), value);
  xml.writeEndElement();
}

void WriteTime(QXmlStreamWriter& xml, QAnyStringView name, const std::optional<absl::Time>& time) {
  if (!time.has_value()) return;
  const auto stamp = QDateTime::fromMSecsSinceEpoch(absl::ToUnixMillis(*time), QTimeZone::UTC);
  WriteField(xml, name, stamp.toString(Qt::ISODateWithMs));
}

void WriteForm(QXmlStreamWriter& xml, const ArchiveQuestion& question) {
  if (question.with.empty() && !question.start.has_value() && !question.end.has_value()) return;
  xml.writeStartElement(QStringLiteral("x"));
  xml.writeDefaultNamespace(kForms);
  xml.writeAttribute(QStringLiteral("type"), QStringLiteral("submit"));
  WriteField(xml, QStringLiteral("FORM_TYPE"), kArchiveNamespace);
  if (!question.with.empty()) WriteField(xml, QStringLiteral("with"), Text(question.with));
  WriteTime(xml, QStringLiteral("start"), question.start);
  WriteTime(xml, QStringLiteral("end"), question.end);
  xml.writeEndElement();
}

const char* WordOf(ArchivePreferences::Default fallback) {
  switch (fallback) {
    case ArchivePreferences::Default::kAlways:
      return "always";
    case ArchivePreferences::Default::kNever:
      return "never";
    case ArchivePreferences::Default::kRoster:
      return "roster";
  }
  return "";
}

void WriteJids(QXmlStreamWriter& xml, const QString& list, const std::vector<std::string>& jids) {
  xml.writeStartElement(list);
  for (const std::string& jid : jids) xml.writeTextElement(QStringLiteral("jid"), Text(jid));
  xml.writeEndElement();
}

std::vector<std::string> ReadJids(const QDomElement& prefs, const QString& list) {
  std::vector<std::string> jids;
  const auto element = Child(prefs, list, kArchiveNamespace);
  for (auto jid = element.firstChildElement(QStringLiteral("jid"));
       !jid.isNull() && jids.size() < kMaximumListedJids;
       jid = jid.nextSiblingElement(QStringLiteral("jid"))) {
    jids.push_back(jid.text().toStdString());
  }
  return jids;
}

}  // namespace

void WriteArchiveQuery(QXmlStreamWriter& xml, const std::string& query_id,
                       const ArchiveQuestion& question) {
  xml.writeStartElement(QStringLiteral("query"));
  xml.writeDefaultNamespace(kArchiveNamespace);
  xml.writeAttribute(QStringLiteral("queryid"), Text(query_id));
  WriteForm(xml, question);
  xml.writeStartElement(QStringLiteral("set"));
  xml.writeDefaultNamespace(kRsm);
  xml.writeTextElement(QStringLiteral("max"), QString::number(question.maximum));
  if (question.after.has_value()) {
    xml.writeTextElement(QStringLiteral("after"), Text(*question.after));
  }
  if (question.before.has_value()) {
    xml.writeTextElement(QStringLiteral("before"), Text(*question.before));
  }
  xml.writeEndElement();
  xml.writeEndElement();
}

void WritePreferencesRequest(QXmlStreamWriter& xml) {
  xml.writeStartElement(QStringLiteral("prefs"));
  xml.writeDefaultNamespace(kArchiveNamespace);
  xml.writeEndElement();
}

void WritePreferences(QXmlStreamWriter& xml, const ArchivePreferences& preferences) {
  xml.writeStartElement(QStringLiteral("prefs"));
  xml.writeDefaultNamespace(kArchiveNamespace);
  xml.writeAttribute(QStringLiteral("default"), QLatin1StringView(WordOf(preferences.fallback)));
  WriteJids(xml, QStringLiteral("always"), preferences.always);
  WriteJids(xml, QStringLiteral("never"), preferences.never);
  xml.writeEndElement();
}

absl::StatusOr<ArchivePreferences> ReadPreferences(const QDomElement& prefs) {
  const QString word = prefs.attribute(QStringLiteral("default"));
  using Default = ArchivePreferences::Default;
  for (const auto fallback : {Default::kAlways, Default::kNever, Default::kRoster}) {
    if (word != QLatin1StringView(WordOf(fallback))) continue;
    return ArchivePreferences{fallback, ReadJids(prefs, QStringLiteral("always")),
                              ReadJids(prefs, QStringLiteral("never"))};
  }
  return BadAnswer("archive preferences without a known default");
}

}  // namespace chatwire::xmpp
