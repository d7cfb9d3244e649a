#include "xmpp-service/session/archive_entry.h"

#include <QXmppMessage.h>

#include <QDateTime>
#include <utility>

#include "xmpp-service/domain/jid.h"
#include "xmpp-service/domain/text.h"
#include "xmpp-service/session/stanza_mapper.h"
#include "xmpp-service/session/xml.h"
#include "xmpp-service/session/xml_text.h"

namespace chatwire::xmpp {
namespace {

constexpr QLatin1StringView kForward("urn:xmpp:forward:0");
constexpr QLatin1StringView kDelay("urn:xmpp:delay");
// Of ids, subjects and the like, which a stranger may have written.
constexpr size_t kMaximumFieldBytes = 1024;
// RFC 7622, section 3.1: three parts of 1,023 octets and what stands between.
constexpr size_t kMaximumJidBytes = 3071;

QDomElement ForwardedOf(const QDomElement& result) {
  return Child(result, QStringLiteral("forwarded"), kForward);
}

std::optional<absl::Time> StampOf(const QDomElement& forwarded) {
  const auto text =
      Child(forwarded, QStringLiteral("delay"), kDelay).attribute(QStringLiteral("stamp"));
  const auto stamp = QDateTime::fromString(text, Qt::ISODateWithMs);
  if (!stamp.isValid()) return std::nullopt;
  return absl::FromUnixMillis(stamp.toMSecsSinceEpoch());
}

std::string Bounded(const QString& text, size_t maximum_bytes = kMaximumFieldBytes) {
  return TruncateUtf8(text.toStdString(), maximum_bytes);
}

ArchivedMessage::Type TypeOf(const QXmppMessage& message) {
  switch (message.type()) {
    case QXmppMessage::Chat:
      return ArchivedMessage::Type::kChat;
    case QXmppMessage::GroupChat:
      return ArchivedMessage::Type::kGroupchat;
    case QXmppMessage::Headline:
      return ArchivedMessage::Type::kHeadline;
    default:
      return ArchivedMessage::Type::kNormal;
  }
}

}  // namespace

IncomingMessage ToIncoming(const QDomElement& result, const std::string& account) {
  const auto forwarded = ForwardedOf(result);
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

ArchivedMessage ToArchived(const QDomElement& result, const std::string& account, bool with_xml) {
  const auto forwarded = ForwardedOf(result);
  const auto element = forwarded.firstChildElement(QStringLiteral("message"));
  QXmppMessage stanza;
  stanza.parse(element);
  ArchivedMessage message;
  message.type = TypeOf(stanza);
  message.from = stanza.from().isEmpty() ? account : Bounded(stanza.from(), kMaximumJidBytes);
  message.to = stanza.to().isEmpty() ? account : Bounded(stanza.to(), kMaximumJidBytes);
  // What came from a room bears the room's address.
  message.outgoing = BareOf(message.from) == account;
  const std::string body = stanza.body().toStdString();
  message.body = TruncateUtf8(body, kMaximumBodyBytes);
  message.body_truncated = message.body.size() < body.size();
  message.subject = Bounded(stanza.subject());
  message.thread = Bounded(stanza.thread());
  message.message_id = Bounded(stanza.id());
  message.replaces_id = Bounded(stanza.replaceId());
  message.archive_id = result.attribute(QStringLiteral("id")).toStdString();
  message.time = StampOf(forwarded);
  if (!message.time.has_value() && stanza.stamp().isValid()) {
    message.time = absl::FromUnixMillis(stanza.stamp().toMSecsSinceEpoch());
  }
  if (with_xml) message.xml = ToXmlText(element, kMaximumBodyBytes).value_or("");
  return message;
}

}  // namespace chatwire::xmpp
