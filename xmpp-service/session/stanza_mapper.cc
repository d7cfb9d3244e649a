#include "xmpp-service/session/stanza_mapper.h"

#include <QDateTime>
#include <QTimeZone>
#include <algorithm>

#include "common/uuid.h"
#include "xmpp-service/domain/jid.h"
#include "xmpp-service/session/chat_stanza.h"
#include "xmpp-service/session/room_stanza.h"

namespace chatwire::xmpp {
namespace {

std::optional<ChatState> StateOf(QXmppMessage::State state) {
  switch (state) {
    case QXmppMessage::None:
      return std::nullopt;
    case QXmppMessage::Active:
      return ChatState::kActive;
    case QXmppMessage::Inactive:
      return ChatState::kInactive;
    case QXmppMessage::Gone:
      return ChatState::kGone;
    case QXmppMessage::Composing:
      return ChatState::kComposing;
    case QXmppMessage::Paused:
      return ChatState::kPaused;
  }
  return std::nullopt;
}

QXmppMessage::State ToQxmppState(ChatState state) {
  switch (state) {
    case ChatState::kActive:
      return QXmppMessage::Active;
    case ChatState::kComposing:
      return QXmppMessage::Composing;
    case ChatState::kPaused:
      return QXmppMessage::Paused;
    case ChatState::kInactive:
      return QXmppMessage::Inactive;
    case ChatState::kGone:
      return QXmppMessage::Gone;
  }
  return QXmppMessage::None;
}

const char* ConditionName(QXmppStanza::Error::Condition condition) {
  using E = QXmppStanza::Error;
  switch (condition) {
    case E::BadRequest:
      return "bad-request";
    case E::Conflict:
      return "conflict";
    case E::FeatureNotImplemented:
      return "feature-not-implemented";
    case E::Forbidden:
      return "forbidden";
    case E::Gone:
      return "gone";
    case E::InternalServerError:
      return "internal-server-error";
    case E::ItemNotFound:
      return "item-not-found";
    case E::JidMalformed:
      return "jid-malformed";
    case E::NotAcceptable:
      return "not-acceptable";
    case E::NotAllowed:
      return "not-allowed";
    case E::NotAuthorized:
      return "not-authorized";
    case E::RecipientUnavailable:
      return "recipient-unavailable";
    case E::Redirect:
      return "redirect";
    case E::RegistrationRequired:
      return "registration-required";
    case E::RemoteServerNotFound:
      return "remote-server-not-found";
    case E::RemoteServerTimeout:
      return "remote-server-timeout";
    case E::ResourceConstraint:
      return "resource-constraint";
    case E::ServiceUnavailable:
      return "service-unavailable";
    case E::SubscriptionRequired:
      return "subscription-required";
    case E::UnexpectedRequest:
      return "unexpected-request";
    case E::PolicyViolation:
      return "policy-violation";
    default:
      return "undefined-condition";
  }
}

Availability AvailabilityOf(const QXmppPresence& presence) {
  if (presence.type() != QXmppPresence::Available) return Availability::kOffline;
  switch (presence.availableStatusType()) {
    case QXmppPresence::Chat:
      return Availability::kChat;
    case QXmppPresence::Away:
      return Availability::kAway;
    case QXmppPresence::XA:
      return Availability::kExtendedAway;
    case QXmppPresence::DND:
      return Availability::kDoNotDisturb;
    default:
      return Availability::kOnline;
  }
}

QXmppPresence::AvailableStatusType ToQxmppStatus(Availability availability) {
  switch (availability) {
    case Availability::kChat:
      return QXmppPresence::Chat;
    case Availability::kAway:
      return QXmppPresence::Away;
    case Availability::kExtendedAway:
      return QXmppPresence::XA;
    case Availability::kDoNotDisturb:
      return QXmppPresence::DND;
    default:
      return QXmppPresence::Online;
  }
}

Subscription SubscriptionOf(QXmppRosterIq::Item::SubscriptionType type) {
  switch (type) {
    case QXmppRosterIq::Item::To:
      return Subscription::kTo;
    case QXmppRosterIq::Item::From:
      return Subscription::kFrom;
    case QXmppRosterIq::Item::Both:
      return Subscription::kBoth;
    default:
      return Subscription::kNone;
  }
}

}  // namespace

std::optional<IncomingMessage> ToDomain(const QXmppMessage& message, const std::string& account) {
  if (message.type() == QXmppMessage::GroupChat) return std::nullopt;
  IncomingMessage in;
  in.from = message.from().isEmpty() ? account : message.from().toStdString();
  in.to = message.to().isEmpty() ? account : message.to().toStdString();
  in.id = message.id().toStdString();
  if (message.type() == QXmppMessage::Error) {
    in.error = ToDomain(message.error());
    return in;
  }
  in.invitation = InvitationOf(message);
  ReadContent(message, in);
  in.origin_id = message.originId().toStdString();
  for (const QXmppStanzaId& id : message.stanzaIds()) {
    if (BareOf(id.by.toStdString()) == account) in.archive_id = id.id.toStdString();
  }
  if (message.stamp().isValid()) {
    in.stamp = absl::FromUnixMillis(message.stamp().toMSecsSinceEpoch());
  }
  in.chat_state = StateOf(message.state());
  in.source = message.isCarbonForwarded() ? MessageSource::kCarbon : MessageSource::kLive;
  return in;
}

Presence ToDomain(const QXmppPresence& presence) {
  Presence shown{AvailabilityOf(presence), presence.statusText().toStdString(),
                 presence.priority()};
  if (presence.lastUserInteraction().isValid()) {
    shown.idle_since = absl::FromUnixMillis(presence.lastUserInteraction().toMSecsSinceEpoch());
  }
  return shown;
}

Contact ToDomain(const QXmppRosterIq::Item& item) {
  Contact contact;
  contact.jid = BareOf(item.bareJid().toStdString());
  contact.name = item.name().toStdString();
  for (const QString& group : item.groups()) contact.groups.push_back(group.toStdString());
  std::sort(contact.groups.begin(), contact.groups.end());
  contact.subscription = SubscriptionOf(item.subscriptionType());
  contact.subscription_requested = item.subscriptionStatus() == QLatin1String("subscribe");
  return contact;
}

StanzaError ToDomain(const QXmppStanza::Error& error) {
  return {ConditionName(error.condition()), error.text().toStdString()};
}

std::optional<ChatState> ChatStateOf(const QXmppMessage& message) {
  return StateOf(message.state());
}

QXmppMessage MakeChatState(const std::string& to, ChatState state) {
  QXmppMessage stanza;
  stanza.setType(QXmppMessage::Chat);
  stanza.setTo(QString::fromStdString(to));
  stanza.setId(QString::fromStdString(RandomUuid()));
  stanza.setState(ToQxmppState(state));
  // XEP-0085, section 5.5: not for archives.
  stanza.addHint(QXmppMessage::NoStore);
  return stanza;
}

QXmppPresence ToQxmpp(const Presence& presence) {
  if (presence.availability == Availability::kOffline) {
    return QXmppPresence(QXmppPresence::Unavailable);
  }
  QXmppPresence stanza(QXmppPresence::Available);
  stanza.setAvailableStatusType(ToQxmppStatus(presence.availability));
  stanza.setStatusText(QString::fromStdString(presence.status));
  stanza.setPriority(presence.priority);
  if (presence.idle_since.has_value()) {
    stanza.setLastUserInteraction(
        QDateTime::fromMSecsSinceEpoch(absl::ToUnixMillis(*presence.idle_since), QTimeZone::UTC));
  }
  return stanza;
}

}  // namespace chatwire::xmpp
