#include "xmpp-service/session/room_archive.h"

#include <QDateTime>
#include <QTimeZone>
#include <utility>

#include "common/uuid.h"
#include "xmpp-service/domain/jid.h"
#include "xmpp-service/session/room_stanza.h"
#include "xmpp-service/session/xml.h"

namespace chatwire::xmpp {
namespace {

constexpr QLatin1StringView kMam("urn:xmpp:mam:2");
constexpr QLatin1StringView kForward("urn:xmpp:forward:0");
constexpr QLatin1StringView kDelay("urn:xmpp:delay");
constexpr QLatin1StringView kRsm("http://jabber.org/protocol/rsm");
constexpr QLatin1StringView kForms("jabber:x:data");

void WriteField(QXmlStreamWriter& writer, QAnyStringView name, QAnyStringView value) {
  writer.writeStartElement(QStringLiteral("field"));
  writer.writeAttribute(QStringLiteral("var"), name);
  writer.writeTextElement(QStringLiteral("value"), value);
  writer.writeEndElement();
}

void WriteQuery(QXmlStreamWriter& writer, const std::string& id, const RoomArchiveQuery& query) {
  writer.writeStartElement(QStringLiteral("query"));
  writer.writeDefaultNamespace(kMam);
  writer.writeAttribute(QStringLiteral("queryid"), QString::fromStdString(id));
  if (query.start.has_value()) {
    writer.writeStartElement(QStringLiteral("x"));
    writer.writeDefaultNamespace(kForms);
    writer.writeAttribute(QStringLiteral("type"), QStringLiteral("submit"));
    WriteField(writer, QStringLiteral("FORM_TYPE"), kMam);
    WriteField(writer, QStringLiteral("start"),
               QDateTime::fromMSecsSinceEpoch(absl::ToUnixMillis(*query.start), QTimeZone::UTC)
                   .toString(Qt::ISODate));
    writer.writeEndElement();
  }
  writer.writeStartElement(QStringLiteral("set"));
  writer.writeDefaultNamespace(kRsm);
  writer.writeTextElement(QStringLiteral("max"), QString::number(query.maximum));
  if (query.newest) writer.writeEmptyElement(QStringLiteral("before"));
  if (!query.after.empty()) {
    writer.writeTextElement(QStringLiteral("after"), QString::fromStdString(query.after));
  }
  writer.writeEndElement();
  writer.writeEndElement();
}

/// An entry that is no message for us still has its place in the archive.
RoomMessage EntryOf(const QDomElement& result, const std::string& room) {
  const auto forwarded = Child(result, QStringLiteral("forwarded"), kForward);
  const auto stanza = forwarded.firstChildElement(QStringLiteral("message"));
  RoomMessage entry;
  if (stanza.attribute(QStringLiteral("type")) == QStringLiteral("groupchat") &&
      BareOf(stanza.attribute(QStringLiteral("from")).toStdString()) == room) {
    entry = ToRoomMessage(stanza);
  }
  entry.room = room;
  entry.from_archive = true;
  entry.stanza_id = result.attribute(QStringLiteral("id")).toStdString();
  entry.stamp = ParseStamp(
      Child(forwarded, QStringLiteral("delay"), kDelay).attribute(QStringLiteral("stamp")));
  return entry;
}

}  // namespace

void RoomArchive::Query(const RoomArchiveQuery& query, Completion<RoomArchivePage> done) {
  // Cannot be guessed, so nobody else can answer.
  const std::string id = RandomUuid();
  running_[id] = {query.room, static_cast<size_t>(query.maximum), {}};
  stream_.Request(
      PayloadIq(QXmppIq::Set, query.room,
                [id, query](QXmlStreamWriter& writer) { WriteQuery(writer, id, query); }),
      Completion<QDomElement>([this, id, done = std::move(done)](const auto& answer) mutable {
        auto running = running_.extract(id);
        if (!answer.ok() || running.empty()) {
          done(answer.status());
          return;
        }
        RoomArchivePage page;
        page.messages = std::move(running.mapped().messages);
        page.complete =
            Child(*answer, QStringLiteral("fin"), kMam).attribute(QStringLiteral("complete")) ==
            QStringLiteral("true");
        done(std::move(page));
      }));
}

bool RoomArchive::OnStanza(const QDomElement& stanza) {
  const auto result = Child(stanza, QStringLiteral("result"), kMam);
  if (result.isNull()) return false;
  const auto running = running_.find(result.attribute(QStringLiteral("queryid")).toStdString());
  if (running == running_.end() ||
      stanza.attribute(QStringLiteral("from")).toStdString() != running->second.room) {
    return false;
  }
  // No more than was asked for, however much is sent.
  if (running->second.messages.size() >= running->second.maximum) return true;
  running->second.messages.push_back(EntryOf(result, running->second.room));
  return true;
}

}  // namespace chatwire::xmpp
