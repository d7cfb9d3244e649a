#include "xmpp-service/session/roster_client.h"

#include <QXmppPresence.h>

#include <optional>
#include <utility>

#include "absl/strings/match.h"
#include "common/error.h"
#include "common/uuid.h"
#include "xmpp-service/domain/jid.h"
#include "xmpp-service/domain/text.h"
#include "xmpp-service/session/stanza_mapper.h"
#include "xmpp-service/session/xml.h"

namespace chatwire::xmpp {
namespace {

constexpr QLatin1StringView kRoster("jabber:iq:roster");
constexpr QLatin1StringView kNick("http://jabber.org/protocol/nick");
constexpr QLatin1StringView kPing("urn:xmpp:ping");

Completion<QDomElement> Acknowledged(Completion<bool> done) {
  return Completion<QDomElement>([done = std::move(done)](auto answer) mutable {
    done(answer.ok() ? absl::StatusOr<bool>(true) : answer.status());
  });
}

PayloadIq RosterSet(PayloadIq::Payload item) {
  return PayloadIq(QXmppIq::Set, "", [item = std::move(item)](QXmlStreamWriter& writer) {
    writer.writeStartElement(QStringLiteral("query"));
    writer.writeDefaultNamespace(kRoster);
    writer.writeStartElement(QStringLiteral("item"));
    item(writer);
    writer.writeEndElement();
    writer.writeEndElement();
  });
}

std::optional<SubscriptionStanza> StanzaOf(const QString& type) {
  if (type == QLatin1String("subscribe")) return SubscriptionStanza::kSubscribe;
  if (type == QLatin1String("subscribed")) return SubscriptionStanza::kSubscribed;
  if (type == QLatin1String("unsubscribe")) return SubscriptionStanza::kUnsubscribe;
  if (type == QLatin1String("unsubscribed")) return SubscriptionStanza::kUnsubscribed;
  return std::nullopt;
}

QXmppPresence::Type TypeOf(SubscriptionStanza stanza) {
  switch (stanza) {
    case SubscriptionStanza::kSubscribe:
      return QXmppPresence::Subscribe;
    case SubscriptionStanza::kSubscribed:
      return QXmppPresence::Subscribed;
    case SubscriptionStanza::kUnsubscribe:
      return QXmppPresence::Unsubscribe;
    case SubscriptionStanza::kUnsubscribed:
      return QXmppPresence::Unsubscribed;
  }
  return QXmppPresence::Unsubscribed;
}

}  // namespace

bool RosterClient::OnStanza(const QDomElement& element) {
  if (element.tagName() != QLatin1String("presence")) return false;
  const auto stanza = StanzaOf(element.attribute(QStringLiteral("type")));
  if (!stanza.has_value()) return false;
  const auto from = Jid::Parse(element.attribute(QStringLiteral("from")).toStdString());
  // Without `from` it would be the account's own; its other clients' are for the server.
  if (!from.ok() || from->Bare() == stream_.account()) return true;
  const QString status = element.firstChildElement(QStringLiteral("status")).text();
  const QString nickname = Child(element, QStringLiteral("nick"), kNick).text();
  stream_.listener().OnSubscription(
      {*stanza, from->Bare(), TruncateUtf8(status.toStdString(), kMaximumSubscriptionTextBytes),
       TruncateUtf8(nickname.toStdString(), kMaximumNicknameBytes)});
  return true;
}

void RosterClient::Put(const std::string& jid, const std::string& name,
                       const std::vector<std::string>& groups, Completion<bool> done) {
  stream_.Request(RosterSet([jid, name, groups](QXmlStreamWriter& writer) {
                    writer.writeAttribute(QStringLiteral("jid"), QString::fromStdString(jid));
                    if (!name.empty()) {
                      writer.writeAttribute(QStringLiteral("name"), QString::fromStdString(name));
                    }
                    for (const std::string& group : groups) {
                      writer.writeTextElement(QStringLiteral("group"),
                                              QString::fromStdString(group));
                    }
                  }),
                  Acknowledged(std::move(done)));
}

void RosterClient::Remove(const std::string& jid, Completion<bool> done) {
  stream_.Request(RosterSet([jid](QXmlStreamWriter& writer) {
                    writer.writeAttribute(QStringLiteral("jid"), QString::fromStdString(jid));
                    writer.writeAttribute(QStringLiteral("subscription"), QStringLiteral("remove"));
                  }),
                  Acknowledged(std::move(done)));
}

void RosterClient::SendSubscription(SubscriptionStanza stanza, const std::string& jid,
                                    const std::string& message, Completion<bool> done) {
  QXmppPresence presence(TypeOf(stanza));
  presence.setId(QString::fromStdString(RandomUuid()));
  presence.setTo(QString::fromStdString(jid));
  presence.setStatusText(QString::fromStdString(message));
  stream_.Send(presence);
  const std::string server = BareOf(stream_.account());
  PayloadIq ping(QXmppIq::Get, server.substr(server.find('@') + 1), [](QXmlStreamWriter& writer) {
    writer.writeStartElement(QStringLiteral("ping"));
    writer.writeDefaultNamespace(kPing);
    writer.writeEndElement();
  });
  stream_.Request(std::move(ping),
                  Completion<QDomElement>([done = std::move(done)](const auto& answer) mutable {
                    // A refusal by the server is an answer, too.
                    const bool answered =
                        answer.ok() || absl::StartsWith(ReasonOf(answer.status()), "XMPP_");
                    done(answered ? absl::StatusOr<bool>(true) : answer.status());
                  }));
}

void RosterClient::SendDirected(const DirectedPresence& directed) {
  QXmppPresence presence = ToQxmpp(directed.presence);
  presence.setId(QString::fromStdString(RandomUuid()));
  presence.setTo(QString::fromStdString(directed.to));
  stream_.Send(presence);
}

}  // namespace chatwire::xmpp
