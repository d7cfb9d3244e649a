#include "xmpp-service/session/archive_client.h"

#include <QXmppClient.h>
#include <QXmppIq.h>
#include <QXmppMessage.h>
#include <QXmppTask.h>

#include <QDateTime>
#include <QTimeZone>
#include <QXmlStreamWriter>
#include <utility>

#include "common/uuid.h"
#include "xmpp-service/domain/jid.h"
#include "xmpp-service/session/stanza_mapper.h"
#include "xmpp-service/session/xml.h"

namespace chatwire::xmpp {
namespace {

constexpr QLatin1StringView kMam("urn:xmpp:mam:2");
constexpr QLatin1StringView kForward("urn:xmpp:forward:0");
constexpr QLatin1StringView kDelay("urn:xmpp:delay");
constexpr QLatin1StringView kRsm("http://jabber.org/protocol/rsm");
constexpr QLatin1StringView kForms("jabber:x:data");

/// <iq type='set'><query xmlns='urn:xmpp:mam:2'/></iq>
class QueryIq final : public QXmppIq {
 public:
  QueryIq(std::string query_id, ArchiveQuery query)
      : QXmppIq(QXmppIq::Set), query_id_(std::move(query_id)), query_(std::move(query)) {
    setId(QString::fromStdString(RandomUuid()));
  }

 protected:
  void toXmlElementFromChild(QXmlStreamWriter* writer) const override {
    writer->writeStartElement(QStringLiteral("query"));
    writer->writeDefaultNamespace(kMam);
    writer->writeAttribute(QStringLiteral("queryid"), QString::fromStdString(query_id_));
    WriteForm(writer);
    writer->writeStartElement(QStringLiteral("set"));
    writer->writeDefaultNamespace(kRsm);
    writer->writeTextElement(QStringLiteral("max"), QString::number(query_.maximum));
    if (query_.newest) writer->writeEmptyElement(QStringLiteral("before"));
    if (!query_.after.empty()) {
      writer->writeTextElement(QStringLiteral("after"), QString::fromStdString(query_.after));
    }
    writer->writeEndElement();
    writer->writeEndElement();
  }

 private:
  void WriteForm(QXmlStreamWriter* writer) const {
    if (!query_.start.has_value()) return;
    writer->writeStartElement(QStringLiteral("x"));
    writer->writeDefaultNamespace(kForms);
    writer->writeAttribute(QStringLiteral("type"), QStringLiteral("submit"));
    WriteField(writer, QStringLiteral("FORM_TYPE"), kMam);
    const auto start =
        QDateTime::fromMSecsSinceEpoch(absl::ToUnixMillis(*query_.start), QTimeZone::UTC);
    WriteField(writer, QStringLiteral("start"), start.toString(Qt::ISODate));
    writer->writeEndElement();
  }

  static void WriteField(QXmlStreamWriter* writer, QAnyStringView name, QAnyStringView value) {
    writer->writeStartElement(QStringLiteral("field"));
    writer->writeAttribute(QStringLiteral("var"), name);
    writer->writeTextElement(QStringLiteral("value"), value);
    writer->writeEndElement();
  }

  const std::string query_id_;
  const ArchiveQuery query_;
};

std::optional<absl::Time> StampOf(const QDomElement& forwarded) {
  const auto text =
      Child(forwarded, QStringLiteral("delay"), kDelay).attribute(QStringLiteral("stamp"));
  const auto stamp = QDateTime::fromString(text, Qt::ISODateWithMs);
  if (!stamp.isValid()) return std::nullopt;
  return absl::FromUnixMillis(stamp.toMSecsSinceEpoch());
}

/// An entry that is no message for us still has its place in the archive.
IncomingMessage EntryOf(const QDomElement& result, const std::string& account) {
  const auto forwarded = Child(result, QStringLiteral("forwarded"), kForward);
  QXmppMessage message;
  message.parse(forwarded.firstChildElement(QStringLiteral("message")));
  auto mapped = ToDomain(message, account);
  IncomingMessage entry;
  // An error in the archive tells nothing new.
  if (mapped.has_value() && !mapped->error.has_value()) entry = *std::move(mapped);
  entry.source = MessageSource::kArchive;
  entry.archive_id = result.attribute(QStringLiteral("id")).toStdString();
  entry.stamp = StampOf(forwarded);
  return entry;
}

absl::Status ErrorOf(const QXmppError& error) {
  const std::string words = error.description.toStdString();
  const auto stanza_error = error.value<QXmppStanza::Error>();
  if (!stanza_error.has_value()) return absl::UnavailableError(words);
  switch (stanza_error->condition()) {
    case QXmppStanza::Error::ItemNotFound:
      return absl::NotFoundError(words);
    case QXmppStanza::Error::FeatureNotImplemented:
    case QXmppStanza::Error::ServiceUnavailable:
    case QXmppStanza::Error::NotAllowed:
    case QXmppStanza::Error::Forbidden:
      return absl::UnimplementedError(words);
    default:
      return absl::UnavailableError(words);
  }
}

}  // namespace

void ArchiveClient::Query(const ArchiveQuery& query, Completion<ArchivePage> done) {
  // Cannot be guessed, so nobody else can answer.
  const std::string query_id = RandomUuid();
  running_[query_id].done = std::move(done);
  client()->sendIq(QueryIq(query_id, query)).then(this, [this, query_id](auto&& answer) {
    OnAnswer(query_id, answer);
  });
}

bool ArchiveClient::handleStanza(const QDomElement& stanza,
                                 const std::optional<QXmppE2eeMetadata>&) {
  if (stanza.tagName() != QStringLiteral("message")) return false;
  const auto result = Child(stanza, QStringLiteral("result"), kMam);
  if (result.isNull()) return false;
  const auto from = stanza.attribute(QStringLiteral("from"));
  const bool own =
      from.isEmpty() || (!from.contains(u'/') && BareOf(from.toStdString()) == account_);
  const auto query = running_.find(result.attribute(QStringLiteral("queryid")).toStdString());
  // A result that nobody asked for, or of somebody else, is nothing: also no message.
  if (own && query != running_.end()) {
    query->second.messages.push_back(EntryOf(result, account_));
  }
  return true;
}

void ArchiveClient::OnAnswer(const std::string& query_id,
                             const std::variant<QDomElement, QXmppError>& answer) {
  auto query = running_.extract(query_id);
  if (query.empty()) return;
  if (const auto* error = std::get_if<QXmppError>(&answer)) {
    query.mapped().done(ErrorOf(*error));
    return;
  }
  const auto fin = Child(std::get<QDomElement>(answer), QStringLiteral("fin"), kMam);
  ArchivePage page;
  page.messages = std::move(query.mapped().messages);
  page.complete = fin.attribute(QStringLiteral("complete")) == QStringLiteral("true");
  query.mapped().done(std::move(page));
}

}  // namespace chatwire::xmpp
