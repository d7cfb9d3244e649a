#include "xmpp-service/session/room_moderation.h"

#include <QDateTime>
#include <QXmlStreamWriter>
#include <algorithm>
#include <optional>
#include <utility>

#include "absl/time/clock.h"
#include "xmpp-service/domain/errors.h"
#include "xmpp-service/domain/event.h"
#include "xmpp-service/domain/jid.h"
#include "xmpp-service/domain/room_privilege.h"
#include "xmpp-service/domain/text.h"
#include "xmpp-service/session/room_namespaces.h"
#include "xmpp-service/session/xml.h"

namespace chatwire::xmpp {
namespace {

constexpr QLatin1StringView kModerate1("urn:xmpp:message-moderate:1");
constexpr QLatin1StringView kModerate0("urn:xmpp:message-moderate:0");
constexpr QLatin1StringView kRetract1("urn:xmpp:message-retract:1");
constexpr QLatin1StringView kRetract0("urn:xmpp:message-retract:0");
constexpr QLatin1StringView kFasten("urn:xmpp:fasten:0");
constexpr QLatin1StringView kDelay("urn:xmpp:delay");
constexpr size_t kMaximumIdBytes = 1023;
constexpr size_t kMaximumReasonBytes = 1024;
constexpr size_t kRemembered = 1000;

QString Text(const std::string& text) { return QString::fromStdString(text); }

std::string Cut(const QString& text, size_t bytes) {
  return TruncateUtf8(text.toStdString(), bytes);
}

/// <moderate/>, which has the id itself since version 0.3.
void WriteModerate(QXmlStreamWriter& writer, const std::string& id, const std::string& reason,
                   bool as_of_0_3) {
  writer.writeStartElement(QStringLiteral("moderate"));
  writer.writeDefaultNamespace(as_of_0_3 ? kModerate1 : kModerate0);
  if (as_of_0_3) writer.writeAttribute(QStringLiteral("id"), Text(id));
  writer.writeStartElement(QStringLiteral("retract"));
  writer.writeDefaultNamespace(as_of_0_3 ? kRetract1 : kRetract0);
  writer.writeEndElement();
  if (!reason.empty()) writer.writeTextElement(QStringLiteral("reason"), Text(reason));
  writer.writeEndElement();
}

bool HasFeature(const QDomElement& answer, QLatin1StringView feature) {
  const auto query = Child(answer, QStringLiteral("query"), kDiscoInfoNamespace);
  const QString name = QStringLiteral("feature");
  for (auto it = query.firstChildElement(name); !it.isNull(); it = it.nextSiblingElement(name)) {
    if (it.attribute(QStringLiteral("var")) == feature) return true;
  }
  return false;
}

absl::Time TimeOf(const QDomElement& message) {
  const auto delay = Child(message, QStringLiteral("delay"), kDelay);
  const auto stamp =
      QDateTime::fromString(delay.attribute(QStringLiteral("stamp")), Qt::ISODateWithMs);
  return stamp.isValid() ? absl::FromUnixMillis(stamp.toMSecsSinceEpoch()) : absl::Now();
}

/// What @p message says, without its room and time. Nothing where it moderates nothing.
std::optional<MessageModerated> Parse(const QDomElement& message) {
  auto carrier = Child(message, QStringLiteral("retract"), kRetract1);
  auto moderated = Child(carrier, QStringLiteral("moderated"), kModerate1);
  QDomElement reason = carrier;
  if (moderated.isNull()) {
    carrier = Child(message, QStringLiteral("apply-to"), kFasten);
    moderated = Child(carrier, QStringLiteral("moderated"), kModerate0);
    reason = moderated;
    if (Child(moderated, QStringLiteral("retract"), kRetract0).isNull()) return std::nullopt;
  }
  const std::string id = carrier.attribute(QStringLiteral("id")).toStdString();
  if (id.empty() || id.size() > kMaximumIdBytes) return std::nullopt;
  // Rooms that speak both versions may tell who it was only in the old one.
  QString by = moderated.attribute(QStringLiteral("by"));
  if (by.isEmpty()) {
    by = Child(Child(message, QStringLiteral("apply-to"), kFasten), QStringLiteral("moderated"),
               kModerate0)
             .attribute(QStringLiteral("by"));
  }
  const auto moderator = Jid::Parse(by.toStdString());
  return MessageModerated{
      "", id, moderator.ok() ? moderator->Full() : "",
      Cut(reason.firstChildElement(QStringLiteral("reason")).text(), kMaximumReasonBytes),
      absl::InfinitePast()};
}

}  // namespace

RoomModeration::RoomModeration(Stream& stream, RoomCheck is_in)
    : stream_(stream), is_in_(std::move(is_in)) {}

void RoomModeration::Moderate(const std::string& room, const std::string& stanza_id,
                              const std::string& reason, Completion<bool> done) {
  PayloadIq question(QXmppIq::Get, room, [](QXmlStreamWriter& writer) {
    writer.writeStartElement(QStringLiteral("query"));
    writer.writeDefaultNamespace(kDiscoInfoNamespace);
    writer.writeEndElement();
  });
  stream_.Request(
      std::move(question),
      Completion<QDomElement>([this, room, stanza_id, reason,
                               done = std::move(done)](absl::StatusOr<QDomElement> answer) mutable {
        if (!answer.ok()) {
          done(answer.status());
        } else if (HasFeature(*answer, kModerate1)) {
          Ask(room, stanza_id, reason, true, std::move(done));
        } else if (HasFeature(*answer, kModerate0)) {
          Ask(room, stanza_id, reason, false, std::move(done));
        } else {
          done(Error(absl::StatusCode::kUnimplemented, "MODERATION_NOT_SUPPORTED",
                     "the room's service does not offer moderated retraction (XEP-0425)"));
        }
      }));
}

void RoomModeration::Ask(const std::string& room, const std::string& stanza_id,
                         const std::string& reason, bool as_of_0_3, Completion<bool> done) {
  PayloadIq request(QXmppIq::Set, room, [=](QXmlStreamWriter& writer) {
    if (!as_of_0_3) {
      writer.writeStartElement(QStringLiteral("apply-to"));
      writer.writeDefaultNamespace(kFasten);
      writer.writeAttribute(QStringLiteral("id"), Text(stanza_id));
    }
    WriteModerate(writer, stanza_id, reason, as_of_0_3);
    if (!as_of_0_3) writer.writeEndElement();
  });
  stream_.Request(std::move(request),
                  Completion<QDomElement>([done = std::move(done)](auto answer) mutable {
                    if (answer.ok()) {
                      done(true);
                    } else {
                      done(ExplainRefusal(answer.status(), "moderator"));
                    }
                  }));
}

bool RoomModeration::OnStanza(const QDomElement& stanza) {
  if (stanza.tagName() != QStringLiteral("message") ||
      stanza.attribute(QStringLiteral("type")) != QStringLiteral("groupchat")) {
    return false;
  }
  // Anybody in the room can write such a message; only the room's own, which has no nick, counts
  // (XEP-0425, section 5).
  const std::string from = stanza.attribute(QStringLiteral("from")).toStdString();
  if (from.find('/') != std::string::npos || !is_in_(BareOf(from))) return false;
  auto moderated = Parse(stanza);
  if (!moderated.has_value()) return false;
  moderated->room = BareOf(from);
  moderated->moderate_time = TimeOf(stanza);
  Tell(*std::move(moderated));
  return true;
}

void RoomModeration::Tell(MessageModerated moderated) {
  const auto key = std::make_pair(moderated.room, moderated.stanza_id);
  if (std::find(told_.begin(), told_.end(), key) != told_.end()) return;
  told_.push_back(key);
  if (told_.size() > kRemembered) told_.pop_front();
  stream_.listener().OnEvent(std::move(moderated));
}

}  // namespace chatwire::xmpp
