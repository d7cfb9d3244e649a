#include "xmpp-service/session/room_requests.h"

#include <QXmlStreamWriter>
#include <algorithm>
#include <utility>

#include "common/error.h"
#include "common/uuid.h"
#include "xmpp-service/domain/errors.h"
#include "xmpp-service/domain/event.h"
#include "xmpp-service/domain/jid.h"
#include "xmpp-service/domain/room_privilege.h"
#include "xmpp-service/domain/stanza_status.h"
#include "xmpp-service/domain/text.h"
#include "xmpp-service/session/data_form_xml.h"
#include "xmpp-service/session/room_namespaces.h"
#include "xmpp-service/session/stanza_mapper.h"
#include "xmpp-service/session/timeout.h"
#include "xmpp-service/session/xml.h"

namespace chatwire::xmpp {
namespace {

constexpr char kRequestFormType[] = "http://jabber.org/protocol/muc#request";
constexpr size_t kMaximumReasonBytes = 1024;

QString Text(const std::string& text) { return QString::fromStdString(text); }

std::string From(const QDomElement& stanza) {
  return stanza.attribute(QStringLiteral("from")).toStdString();
}

/// A form that says what it is about, to send.
DataForm VoiceForm() {
  DataForm form;
  form.type = DataFormType::kSubmit;
  form.Set("FORM_TYPE", {kRequestFormType}, FormFieldType::kHidden);
  form.Set("muc#role", {"participant"}, FormFieldType::kListSingle);
  return form;
}

void WriteContinue(QXmlStreamWriter& writer, const OutgoingInvitation& invitation) {
  if (!invitation.continuation) return;
  writer.writeEmptyElement(QStringLiteral("continue"));
  if (!invitation.thread.empty()) {
    writer.writeAttribute(QStringLiteral("thread"), Text(invitation.thread));
  }
}

}  // namespace

RoomRequests::RoomRequests(Stream& stream, RoomCheck is_in)
    : stream_(stream), is_in_(std::move(is_in)) {}

std::string RoomRequests::Send(const std::string& to, const char* needs, QXmppMessage::Type type,
                               PayloadMessage::Payload payload, Completion<bool> done) {
  for (auto it = sent_.begin(); it != sent_.end();) {
    it = *it->second.done ? std::next(it) : sent_.erase(it);  // what timed out
  }
  const std::string id = RandomUuid();
  if (!stream_.Send(PayloadMessage(to, id, type, std::move(payload)))) {
    done(SessionOffline(stream_.account()));
    return "";
  }
  sent_[id] = {BareOf(to), needs, std::nullopt,
               WithTimeout(stream_.request_timeout(), stream_.context(), std::move(done))};
  return id;
}

void RoomRequests::AskBehind(const std::string& id, const std::string& whom) {
  if (id.empty()) return;
  PayloadIq question(QXmppIq::Get, whom, [](QXmlStreamWriter& writer) {
    writer.writeStartElement(QStringLiteral("query"));
    writer.writeDefaultNamespace(kDiscoInfoNamespace);
    writer.writeEndElement();
  });
  // What a room says to it also goes for the message; of the own server any answer will do.
  const bool any_answer = whom.empty();
  stream_.Request(std::move(question), Completion<QDomElement>([this, id, any_answer](auto answer) {
                    const std::string reason = ReasonOf(answer.status());
                    if (answer.ok() || (any_answer && reason.rfind("XMPP_", 0) == 0)) {
                      Finish(id, true);
                    } else if (!reason.empty()) {
                      Finish(id, answer.status());
                    }
                    // Without a reason the session is going away, and nothing is left of this part.
                  }));
}

void RoomRequests::Finish(const std::string& id, absl::StatusOr<bool> result) {
  const auto found = sent_.find(id);
  if (found == sent_.end()) return;
  const auto done = found->second.done;
  sent_.erase(found);
  (*done)(std::move(result));
}

void RoomRequests::SetSubject(const std::string& room, const std::string& subject,
                              Completion<bool> done) {
  const auto payload = [subject](QXmlStreamWriter& writer) {
    writer.writeTextElement(QStringLiteral("subject"), Text(subject));
  };
  const std::string id = Send(room, "moderator", QXmppMessage::GroupChat, payload, std::move(done));
  if (id.empty()) return;
  sent_[id].subject = subject;
  // Prosody shows a subject to nobody that is the same as before.
  AskBehind(id, room);
}

void RoomRequests::Invite(const OutgoingInvitation& invitation, Completion<bool> done) {
  if (invitation.direct) {
    InviteDirectly(invitation, std::move(done));
  } else {
    InviteThroughRoom(invitation, std::move(done));
  }
}

void RoomRequests::InviteThroughRoom(const OutgoingInvitation& invitation, Completion<bool> done) {
  const auto payload = [invitation](QXmlStreamWriter& writer) {
    writer.writeStartElement(QStringLiteral("x"));
    writer.writeDefaultNamespace(kMucUserNamespace);
    writer.writeStartElement(QStringLiteral("invite"));
    writer.writeAttribute(QStringLiteral("to"), Text(invitation.invitee));
    if (!invitation.reason.empty()) {
      writer.writeTextElement(QStringLiteral("reason"), Text(invitation.reason));
    }
    WriteContinue(writer, invitation);
    writer.writeEndElement();
    writer.writeEndElement();
  };
  AskBehind(Send(invitation.room, "admin", QXmppMessage::Normal, payload, std::move(done)),
            invitation.room);
}

void RoomRequests::InviteDirectly(const OutgoingInvitation& invitation, Completion<bool> done) {
  const auto payload = [invitation](QXmlStreamWriter& writer) {
    const auto attribute = [&writer](const char* name, const std::string& value) {
      if (!value.empty()) writer.writeAttribute(QLatin1StringView(name), Text(value));
    };
    writer.writeStartElement(QStringLiteral("x"));
    writer.writeDefaultNamespace(kConferenceNamespace);
    attribute("jid", invitation.room);
    attribute("reason", invitation.reason);
    attribute("password", invitation.password);
    attribute("continue", invitation.continuation ? "true" : "");
    attribute("thread", invitation.continuation ? invitation.thread : "");
    writer.writeEndElement();
  };
  AskBehind(Send(invitation.invitee, "contact", QXmppMessage::Normal, payload, std::move(done)),
            "");
}

void RoomRequests::RequestVoice(const std::string& room, Completion<bool> done) {
  if (!is_in_(room)) {
    done(NotInRoom());
    return;
  }
  const auto payload = [](QXmlStreamWriter& writer) { WriteDataForm(writer, VoiceForm()); };
  AskBehind(Send(room, "occupant", QXmppMessage::Normal, payload, std::move(done)), room);
}

void RoomRequests::AnswerVoiceRequest(const std::string& room, const std::string& jid,
                                      const std::string& nick, bool grant, Completion<bool> done) {
  if (!is_in_(room)) {
    done(NotInRoom());
    return;
  }
  DataForm form = VoiceForm();
  form.Set("muc#jid", {jid}, FormFieldType::kJidSingle);
  form.Set("muc#roomnick", {nick}, FormFieldType::kTextSingle);
  form.Set("muc#request_allow", {grant ? "true" : "false"}, FormFieldType::kBoolean);
  const auto payload = [form](QXmlStreamWriter& writer) { WriteDataForm(writer, form); };
  AskBehind(Send(room, "moderator", QXmppMessage::Normal, payload, std::move(done)), room);
}

bool RoomRequests::OnStanza(const QDomElement& stanza) {
  if (stanza.tagName() != QStringLiteral("message")) return false;
  const QString type = stanza.attribute(QStringLiteral("type"));
  if (type == QStringLiteral("error")) return OnRefusal(stanza);
  if (type == QStringLiteral("groupchat")) {
    OnSubject(stanza);
    return false;
  }
  // Only the room itself writes what follows, and it has no resource.
  const std::string from = From(stanza);
  return from.find('/') == std::string::npos && is_in_(BareOf(from)) &&
         OnRoomMessage(BareOf(from), stanza);
}

bool RoomRequests::OnRefusal(const QDomElement& message) {
  const std::string id = message.attribute(QStringLiteral("id")).toStdString();
  const auto found = sent_.find(id);
  if (found == sent_.end() || found->second.recipient != BareOf(From(message))) return false;
  QXmppStanza::Error error;
  error.parse(message.firstChildElement(QStringLiteral("error")));
  Finish(id, ExplainOccupantRefusal(StanzaErrorStatus(ToDomain(error)), found->second.needs));
  return true;
}

void RoomRequests::OnSubject(const QDomElement& message) {
  const auto subject = message.firstChildElement(QStringLiteral("subject"));
  if (subject.isNull() || !message.firstChildElement(QStringLiteral("body")).isNull()) return;
  const std::string room = BareOf(From(message));
  const std::string text = subject.text().toStdString();
  // Not by the id: Prosody's message is one of its own.
  const auto found = std::find_if(sent_.begin(), sent_.end(), [&](const auto& sent) {
    return sent.second.recipient == room && sent.second.subject == text;
  });
  if (found != sent_.end()) Finish(std::string(found->first), true);
}

bool RoomRequests::OnRoomMessage(const std::string& room, const QDomElement& message) {
  const auto form = FindDataForm(message);
  if (form.has_value() && form->Value("FORM_TYPE") == kRequestFormType) {
    const auto jid = Jid::Parse(form->Value("muc#jid"));
    if (!jid.ok()) return false;
    stream_.listener().OnEvent(VoiceRequested{
        room, jid->Full(), TruncateUtf8(form->Value("muc#roomnick"), kMaximumReasonBytes)});
    return true;
  }
  const auto user = Child(message, QStringLiteral("x"), kMucUserNamespace);
  const auto decline = user.firstChildElement(QStringLiteral("decline"));
  const auto from = Jid::Parse(decline.attribute(QStringLiteral("from")).toStdString());
  if (!from.ok()) return false;
  const QString reason = decline.firstChildElement(QStringLiteral("reason")).text();
  stream_.listener().OnEvent(RoomInvitationDeclined{
      room, from->Bare(), TruncateUtf8(reason.toStdString(), kMaximumReasonBytes)});
  return true;
}

}  // namespace chatwire::xmpp
