#include "xmpp-service/session/room_stanza.h"

#include <QXmppElement.h>
#include <QXmppPresence.h>

#include <QDateTime>
#include <algorithm>
#include <utility>

#include "xmpp-service/domain/data_form.h"
#include "xmpp-service/domain/jid.h"
#include "xmpp-service/domain/message_bounds.h"
#include "xmpp-service/domain/text.h"
#include "xmpp-service/session/chat_stanza.h"
#include "xmpp-service/session/data_form_xml.h"
#include "xmpp-service/session/stanza_mapper.h"
#include "xmpp-service/session/xml.h"

namespace chatwire::xmpp {
namespace {

constexpr QLatin1StringView kOccupantId("urn:xmpp:occupant-id:0");
constexpr QLatin1StringView kStanzaId("urn:xmpp:sid:0");
constexpr QLatin1StringView kDelay("urn:xmpp:delay");
constexpr size_t kMaximumStatusCodes = 32;
constexpr size_t kMaximumFeatures = 200;
constexpr size_t kMaximumIdBytes = 1024;
constexpr size_t kMaximumNameBytes = 1024;

std::string Cut(const QString& text, size_t maximum_bytes) {
  return TruncateUtf8(text.toStdString(), maximum_bytes);
}

std::string NickOf(const QString& address) {
  const auto slash = address.indexOf(u'/');
  return slash < 0 ? std::string() : Cut(address.mid(slash + 1), kMaximumNickBytes);
}

std::string RoomOf(const QDomElement& stanza) {
  return BareOf(stanza.attribute(QStringLiteral("from")).toStdString());
}

std::set<int> CodesOf(const QDomElement& x) {
  std::set<int> codes;
  for (auto status = x.firstChildElement(QStringLiteral("status"));
       !status.isNull() && codes.size() < kMaximumStatusCodes;
       status = status.nextSiblingElement(QStringLiteral("status"))) {
    const int code = status.attribute(QStringLiteral("code")).toInt();
    if (code >= 100 && code < 1000) codes.insert(code);
  }
  return codes;
}

std::string OccupantIdOf(const QDomElement& stanza) {
  return Cut(
      Child(stanza, QStringLiteral("occupant-id"), kOccupantId).attribute(QStringLiteral("id")),
      kMaximumIdBytes);
}

void ReadItem(const QDomElement& item, RoomPresence& presence) {
  const auto read = [](const QDomElement& element, const char* name) {
    return element.attribute(QLatin1StringView(name));
  };
  presence.participant.role =
      ParseRoomRole(read(item, "role").toStdString()).value_or(RoomRole::kNone);
  presence.participant.affiliation = ParseRoomAffiliation(read(item, "affiliation").toStdString())
                                         .value_or(RoomAffiliation::kNone);
  presence.participant.jid = Cut(read(item, "jid"), 3 * kMaximumNickBytes + 2);
  presence.new_nick = Cut(read(item, "nick"), kMaximumNickBytes);
  const auto actor = item.firstChildElement(QStringLiteral("actor"));
  presence.actor = Cut(read(actor, "nick"), kMaximumNickBytes);
  if (presence.actor.empty()) {
    presence.actor = BareOf(Cut(read(actor, "jid"), 3 * kMaximumNickBytes + 2));
  }
  presence.text =
      Cut(item.firstChildElement(QStringLiteral("reason")).text(), kMaximumRoomTextBytes);
}

void ReadDestroy(const QDomElement& destroy, RoomPresence& presence) {
  presence.destroyed = true;
  presence.text =
      Cut(destroy.firstChildElement(QStringLiteral("reason")).text(), kMaximumRoomTextBytes);
  const auto alternative = Jid::ParseBare(destroy.attribute(QStringLiteral("jid")).toStdString());
  if (alternative.ok()) presence.alternative = alternative->Bare();
}

const QXmppElement* FindX(const QXmppElementList& extensions) {
  const auto found =
      std::find_if(extensions.begin(), extensions.end(), [](const QXmppElement& element) {
        return element.tagName() == QStringLiteral("x") &&
               element.attribute(QStringLiteral("xmlns")) == kMucUser;
      });
  return found == extensions.end() ? nullptr : &*found;
}

/// Through the room: who invites is what the room says.
std::optional<RoomInvitation> MediatedOf(const QXmppMessage& message) {
  const QXmppElementList extensions = message.extensions();
  const QXmppElement* x = FindX(extensions);
  if (x == nullptr) return std::nullopt;
  const QXmppElement invite = x->firstChildElement(QStringLiteral("invite"));
  const auto room = Jid::ParseBare(message.from().toStdString());
  if (invite.isNull() || !room.ok()) return std::nullopt;
  RoomInvitation invitation;
  invitation.room = room->Bare();
  const auto from = Jid::Parse(invite.attribute(QStringLiteral("from")).toStdString());
  if (from.ok()) invitation.from = from->Full();
  invitation.text =
      Cut(invite.firstChildElement(QStringLiteral("reason")).value(), kMaximumRoomTextBytes);
  invitation.password =
      Cut(x->firstChildElement(QStringLiteral("password")).value(), kMaximumRoomTextBytes);
  return invitation;
}

const FormField* FindField(const DataForm& form, const char* name) {
  const auto found = std::find_if(form.fields.begin(), form.fields.end(),
                                  [name](const FormField& field) { return field.name == name; });
  return found == form.fields.end() || found->values.empty() ? nullptr : &*found;
}

void ReadForm(const DataForm& form, RoomInfo& info) {
  const auto text = [&form](const char* name, size_t maximum_bytes) {
    const FormField* field = FindField(form, name);
    return field == nullptr ? std::string() : TruncateUtf8(field->values.front(), maximum_bytes);
  };
  info.description = text("muc#roominfo_description", kMaximumRoomSubjectBytes);
  info.subject = text("muc#roominfo_subject", kMaximumRoomSubjectBytes);
  info.language = text("muc#roominfo_lang", kMaximumIdBytes);
  bool ok = false;
  const int count = QString::fromStdString(text("muc#roominfo_occupants", 16)).toInt(&ok);
  if (ok && count >= 0) info.participant_count = count;
}

/// Text, details and action, in bounds.
void ReadContent(const QXmppMessage& parsed, RoomMessage& message) {
  IncomingMessage content;
  ReadContent(parsed, content);
  // A correction without a text corrects nothing.
  const bool empty = content.body.empty() && content.details.attachments.empty();
  if (std::holds_alternative<Correction>(content.action) && empty) content.action = {};
  Bound(content);
  message.body = std::move(content.body);
  message.details = std::move(content.details);
  // In a room it is a thing of its own.
  message.details.subject.clear();
  message.action = std::move(content.action);
  message.chat_state = ChatStateOf(parsed);
}

}  // namespace

RoomPresence ToRoomPresence(const QDomElement& stanza) {
  QXmppPresence parsed;
  parsed.parse(stanza);
  RoomPresence presence;
  presence.room = RoomOf(stanza);
  presence.participant.nick = NickOf(stanza.attribute(QStringLiteral("from")));
  if (parsed.type() == QXmppPresence::Error) {
    presence.type = RoomPresence::Type::kError;
    presence.error = ToDomain(parsed.error());
    presence.error->text = TruncateUtf8(presence.error->text, kMaximumRoomTextBytes);
    return presence;
  }
  if (parsed.type() == QXmppPresence::Unavailable) {
    presence.type = RoomPresence::Type::kUnavailable;
  }
  presence.participant.presence = ToDomain(parsed);
  presence.participant.presence.status =
      TruncateUtf8(presence.participant.presence.status, kMaximumStatusBytes);
  presence.participant.occupant_id = OccupantIdOf(stanza);
  const auto x = Child(stanza, QStringLiteral("x"), kMucUser);
  presence.status_codes = CodesOf(x);
  ReadItem(x.firstChildElement(QStringLiteral("item")), presence);
  const auto destroy = x.firstChildElement(QStringLiteral("destroy"));
  if (!destroy.isNull()) ReadDestroy(destroy, presence);
  return presence;
}

RoomMessage ToRoomMessage(const QDomElement& stanza) {
  QXmppMessage parsed;
  parsed.parse(stanza);
  RoomMessage message;
  message.room = RoomOf(stanza);
  message.nick = NickOf(stanza.attribute(QStringLiteral("from")));
  message.id = Cut(parsed.id(), kMaximumIdBytes);
  if (parsed.type() == QXmppMessage::Error) {
    message.error = ToDomain(parsed.error());
    return message;
  }
  ReadContent(parsed, message);
  const auto subject = stanza.firstChildElement(QStringLiteral("subject"));
  if (!subject.isNull()) message.subject = Cut(subject.text(), kMaximumRoomSubjectBytes);
  message.origin_id = Cut(parsed.originId(), kMaximumIdBytes);
  for (auto id = stanza.firstChildElement(QStringLiteral("stanza-id")); !id.isNull();
       id = id.nextSiblingElement(QStringLiteral("stanza-id"))) {
    // Only what the room itself says counts (XEP-0359, section 6).
    if (id.namespaceURI() == kStanzaId &&
        BareOf(id.attribute(QStringLiteral("by")).toStdString()) == message.room) {
      message.stanza_id = Cut(id.attribute(QStringLiteral("id")), kMaximumIdBytes);
    }
  }
  message.occupant_id = OccupantIdOf(stanza);
  const auto delay = Child(stanza, QStringLiteral("delay"), kDelay);
  if (!delay.isNull()) message.stamp = ParseStamp(delay.attribute(QStringLiteral("stamp")));
  const auto x = Child(stanza, QStringLiteral("x"), kMucUser);
  message.status_codes = CodesOf(x);
  message.jid = Cut(x.firstChildElement(QStringLiteral("item")).attribute(QStringLiteral("jid")),
                    3 * kMaximumNickBytes + 2);
  return message;
}

RoomInfo ToRoomInfo(const QDomElement& query) {
  RoomInfo info;
  for (auto feature = query.firstChildElement(QStringLiteral("feature"));
       !feature.isNull() && info.features.size() < kMaximumFeatures;
       feature = feature.nextSiblingElement(QStringLiteral("feature"))) {
    info.features.push_back(Cut(feature.attribute(QStringLiteral("var")), kMaximumNameBytes));
  }
  std::sort(info.features.begin(), info.features.end());
  const auto has = [&info](const char* feature) {
    return std::binary_search(info.features.begin(), info.features.end(), feature);
  };
  const auto identity = query.firstChildElement(QStringLiteral("identity"));
  info.name = Cut(identity.attribute(QStringLiteral("name")), kMaximumNameBytes);
  info.is_room = has("http://jabber.org/protocol/muc") &&
                 identity.attribute(QStringLiteral("category")) == QStringLiteral("conference");
  info.password_protected = has("muc_passwordprotected") || has("muc_password_protected");
  info.members_only = has("muc_membersonly") || has("muc_members_only");
  info.moderated = has("muc_moderated");
  info.real_jids_shown = has("muc_nonanonymous");
  info.persistent = has("muc_persistent");
  info.listed = has("muc_public");
  info.archived = has("urn:xmpp:mam:2");
  if (const auto form = FindDataForm(query); form.has_value()) ReadForm(*form, info);
  return info;
}

std::optional<RoomInvitation> InvitationOf(const QXmppMessage& message) {
  auto mediated = MediatedOf(message);
  if (mediated.has_value()) return mediated;
  const auto room = Jid::ParseBare(message.mucInvitationJid().toStdString());
  if (!room.ok()) return std::nullopt;
  RoomInvitation invitation;
  invitation.room = room->Bare();
  invitation.from = message.from().toStdString();
  invitation.text = Cut(message.mucInvitationReason(), kMaximumRoomTextBytes);
  invitation.password = Cut(message.mucInvitationPassword(), kMaximumRoomTextBytes);
  invitation.direct = true;
  return invitation;
}

std::optional<absl::Time> ParseStamp(const QString& text) {
  const auto stamp = QDateTime::fromString(text, Qt::ISODateWithMs);
  if (!stamp.isValid()) return std::nullopt;
  return absl::FromUnixMillis(stamp.toMSecsSinceEpoch());
}

}  // namespace chatwire::xmpp
