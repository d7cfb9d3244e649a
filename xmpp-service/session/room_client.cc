#include "xmpp-service/session/room_client.h"

#include <QXmppElement.h>
#include <QXmppMessage.h>
#include <QXmppPresence.h>
#include <QXmppTask.h>

#include <QTimer>
#include <algorithm>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/error.h"
#include "common/uuid.h"
#include "xmpp-service/domain/errors.h"
#include "xmpp-service/domain/jid.h"
#include "xmpp-service/domain/stanza_status.h"
#include "xmpp-service/domain/text.h"
#include "xmpp-service/session/chat_stanza.h"
#include "xmpp-service/session/room_stanza.h"
#include "xmpp-service/session/stanza_mapper.h"
#include "xmpp-service/session/xml.h"

namespace chatwire::xmpp {
namespace {

constexpr QLatin1StringView kInfo("http://jabber.org/protocol/disco#info");
constexpr QLatin1StringView kItems("http://jabber.org/protocol/disco#items");
constexpr QLatin1StringView kRsm("http://jabber.org/protocol/rsm");
constexpr QLatin1StringView kPing("urn:xmpp:ping");
// A service that does not page is listened to that far.
constexpr size_t kMaximumListed = 10'000;
constexpr size_t kMaximumNameBytes = 1024;

QXmppElement Element(const QString& name, QLatin1StringView xmlns = {}) {
  QXmppElement element;
  element.setTagName(name);
  if (!xmlns.isEmpty()) element.setAttribute(QStringLiteral("xmlns"), xmlns);
  return element;
}

QString Occupant(const std::string& room, const std::string& nick) {
  return QString::fromStdString(absl::StrCat(room, "/", nick));
}

/// XEP-0045, section 7.2.13.
QXmppElement HistoryOf(const RoomHistory& history) {
  QXmppElement element = Element(QStringLiteral("history"));
  if (history.maximum_messages.has_value()) {
    element.setAttribute(QStringLiteral("maxstanzas"), QString::number(*history.maximum_messages));
  }
  if (history.since.has_value()) {
    element.setAttribute(QStringLiteral("since"),
                         QString::fromStdString(absl::FormatTime(
                             "%Y-%m-%dT%H:%M:%SZ", *history.since, absl::UTCTimeZone())));
  }
  return element;
}

/// In a room there is no way to be invisible.
QXmppPresence Visible(const Presence& presence) {
  return ToQxmpp(presence.availability == Availability::kOffline ? Presence{} : presence);
}

/// XEP-0410, section 3: what the answer to a ping at oneself says.
absl::StatusOr<bool> InsideBy(const absl::Status& answer) {
  if (answer.ok() || IsStanzaError(answer, "service-unavailable") ||
      IsStanzaError(answer, "feature-not-implemented") || IsStanzaError(answer, "item-not-found")) {
    return true;
  }
  const bool room_was_asked = absl::StartsWith(ReasonOf(answer), "XMPP_") &&
                              !IsStanzaError(answer, "remote-server-not-found") &&
                              !IsStanzaError(answer, "remote-server-timeout");
  if (room_was_asked) return false;
  return answer;
}

RoomPage ToRoomPage(const QDomElement& query, const std::string& after, size_t limit) {
  RoomPage page;
  for (auto item = query.firstChildElement(QStringLiteral("item"));
       !item.isNull() && page.rooms.size() < kMaximumListed;
       item = item.nextSiblingElement(QStringLiteral("item"))) {
    const auto jid = Jid::ParseBare(item.attribute(QStringLiteral("jid")).toStdString());
    if (!jid.ok()) continue;
    page.rooms.push_back(
        {jid->Bare(),
         TruncateUtf8(item.attribute(QStringLiteral("name")).toStdString(), kMaximumNameBytes)});
  }
  const auto set = Child(query, QStringLiteral("set"), kRsm);
  if (!set.isNull()) {
    // The last page says so by its being short, or empty.
    if (page.rooms.size() >= limit) {
      page.next = set.firstChildElement(QStringLiteral("last")).text().toStdString();
    }
    return page;
  }
  // Everything at once: the page is cut out here.
  auto& rooms = page.rooms;
  std::sort(rooms.begin(), rooms.end(),
            [](const ListedRoom& a, const ListedRoom& b) { return a.room < b.room; });
  rooms.erase(rooms.begin(), std::upper_bound(rooms.begin(), rooms.end(), after,
                                              [](const std::string& key, const ListedRoom& room) {
                                                return key < room.room;
                                              }));
  if (rooms.size() > limit) {
    rooms.resize(limit);
    page.next = rooms.back().room;
  }
  return page;
}

}  // namespace

// QXmpp shows XEP-0249's by itself; a feature that stands there twice makes the hash of XEP-0115
// worthless.
QStringList RoomClient::Features() const { return {kMuc}; }

bool RoomClient::OnStanza(const QDomElement& stanza) {
  const bool message = stanza.tagName() == QStringLiteral("message");
  if (message && archive_.OnStanza(stanza)) return true;
  const std::string room = BareOf(stanza.attribute(QStringLiteral("from")).toStdString());
  if (listener_ == nullptr || rooms_.count(room) == 0) return false;
  if (message) return OnMessage(stanza, room);
  if (stanza.tagName() != QStringLiteral("presence")) return false;
  listener_->OnRoomPresence(ToRoomPresence(stanza));
  return true;
}

bool RoomClient::OnMessage(const QDomElement& stanza, const std::string& room) {
  const QString type = stanza.attribute(QStringLiteral("type"));
  if (type == QStringLiteral("groupchat") || type == QStringLiteral("error")) {
    listener_->OnRoomMessage(ToRoomMessage(stanza));
    // Others may look at it, too; as a chat of two it counts for nothing.
    return false;
  }
  const bool from_participant =
      stanza.attribute(QStringLiteral("from")).size() > static_cast<qsizetype>(room.size()) + 1;
  if (!from_participant || type != QStringLiteral("chat")) return false;
  QXmppMessage parsed;
  parsed.parse(stanza);
  auto in = ToDomain(parsed, stream_.account());
  if (!in.has_value()) return false;
  // Whether the room has marked it or not: who is in a room is nobody's contact there.
  in->room_private = true;
  stream_.listener().OnMessage(*std::move(in));
  return true;
}

void RoomClient::Enter(const RoomEntry& entry) {
  rooms_.insert(entry.room);
  QXmppPresence presence = Visible(entry.presence);
  presence.setTo(Occupant(entry.room, entry.nick));
  QXmppElement x = Element(QStringLiteral("x"), kMuc);
  if (!entry.password.empty()) {
    QXmppElement password = Element(QStringLiteral("password"));
    password.setValue(QString::fromStdString(entry.password));
    x.appendChild(password);
  }
  x.appendChild(HistoryOf(entry.history));
  presence.setExtensions({x});
  stream_.Send(presence);
}

void RoomClient::Show(const std::string& room, const std::string& nick, const Presence& shown) {
  QXmppPresence presence = Visible(shown);
  presence.setTo(Occupant(room, nick));
  stream_.Send(presence);
}

void RoomClient::Exit(const std::string& room, const std::string& nick) {
  rooms_.erase(room);
  QXmppPresence presence(QXmppPresence::Unavailable);
  presence.setTo(Occupant(room, nick));
  stream_.Send(presence);
}

void RoomClient::CheckInside(const std::string& room, const std::string& nick,
                             Completion<bool> done) {
  stream_.Request(PayloadIq(QXmppIq::Get, absl::StrCat(room, "/", nick),
                            [](QXmlStreamWriter& writer) {
                              writer.writeStartElement(QStringLiteral("ping"));
                              writer.writeDefaultNamespace(kPing);
                              writer.writeEndElement();
                            }),
                  Completion<QDomElement>([done = std::move(done)](const auto& answer) mutable {
                    done(InsideBy(answer.status()));
                  }));
}

void RoomClient::SendMessage(const OutgoingRoomMessage& message, Completion<bool> done) {
  if (!stream_.up()) {
    done(SessionOffline(stream_.account()));
    return;
  }
  QXmppMessage stanza = ToQxmpp(OutgoingMessage{message.row, message.message_id, message.room,
                                                message.body, message.details, message.action});
  if (message.nick.empty()) {
    stanza.setType(QXmppMessage::GroupChat);
  } else {
    stanza.setTo(Occupant(message.room, message.nick));
    // XEP-0045, section 7.5: so that carbon copies and archives tell it from a contact's.
    stanza.setExtensions({Element(QStringLiteral("x"), kMucUser)});
  }
  auto shared = std::make_shared<Completion<bool>>(std::move(done));
  stream_.client()
      ->send(std::move(stanza))
      .then(stream_.context(), [this, shared](QXmpp::SendResult&& result) {
        const bool sent = std::holds_alternative<QXmpp::SendSuccess>(result);
        // Not from inside the continuation.
        QTimer::singleShot(0, stream_.context(), [this, shared, sent] {
          (*shared)(sent ? absl::StatusOr<bool>(true) : SessionOffline(stream_.account()));
        });
      });
}

void RoomClient::SendChatState(const std::string& room, ChatState state) {
  QXmppMessage stanza = MakeChatState(room, state);
  stanza.setType(QXmppMessage::GroupChat);
  stream_.Send(stanza);
}

void RoomClient::Decline(const std::string& room, const std::string& to,
                         const std::string& reason) {
  QXmppElement decline = Element(QStringLiteral("decline"));
  if (!to.empty()) decline.setAttribute(QStringLiteral("to"), QString::fromStdString(to));
  if (!reason.empty()) {
    QXmppElement text = Element(QStringLiteral("reason"));
    text.setValue(QString::fromStdString(reason));
    decline.appendChild(text);
  }
  QXmppElement x = Element(QStringLiteral("x"), kMucUser);
  x.appendChild(decline);
  QXmppMessage stanza;
  stanza.setType(QXmppMessage::Normal);
  stanza.setId(QString::fromStdString(RandomUuid()));
  stanza.setTo(QString::fromStdString(room));
  stanza.setExtensions({x});
  stream_.Send(stanza);
}

void RoomClient::GetInfo(const std::string& room, Completion<RoomInfo> done) {
  stream_.Request(PayloadIq(QXmppIq::Get, room,
                            [](QXmlStreamWriter& writer) {
                              writer.writeStartElement(QStringLiteral("query"));
                              writer.writeDefaultNamespace(kInfo);
                              writer.writeEndElement();
                            }),
                  Completion<QDomElement>([done = std::move(done)](const auto& answer) mutable {
                    if (!answer.ok()) {
                      done(answer.status());
                      return;
                    }
                    done(ToRoomInfo(Child(*answer, QStringLiteral("query"), kInfo)));
                  }));
}

void RoomClient::ListRooms(const std::string& service, const std::string& after, size_t limit,
                           Completion<RoomPage> done) {
  const auto write = [after, limit](QXmlStreamWriter& writer) {
    writer.writeStartElement(QStringLiteral("query"));
    writer.writeDefaultNamespace(kItems);
    writer.writeStartElement(QStringLiteral("set"));
    writer.writeDefaultNamespace(kRsm);
    writer.writeTextElement(QStringLiteral("max"), QString::number(limit));
    if (!after.empty()) {
      writer.writeTextElement(QStringLiteral("after"), QString::fromStdString(after));
    }
    writer.writeEndElement();
    writer.writeEndElement();
  };
  stream_.Request(
      PayloadIq(QXmppIq::Get, service, write),
      Completion<QDomElement>([after, limit, done = std::move(done)](const auto& answer) mutable {
        if (!answer.ok()) {
          done(answer.status());
          return;
        }
        done(ToRoomPage(Child(*answer, QStringLiteral("query"), kItems), after, limit));
      }));
}

}  // namespace chatwire::xmpp
