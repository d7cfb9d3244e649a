#include "xmpp-service/session/room_admin.h"

#include <QXmlStreamWriter>
#include <algorithm>
#include <map>
#include <memory>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/error.h"
#include "xmpp-service/domain/errors.h"
#include "xmpp-service/domain/jid.h"
#include "xmpp-service/domain/room_privilege.h"
#include "xmpp-service/domain/stanza_status.h"
#include "xmpp-service/domain/text.h"
#include "xmpp-service/session/data_form_xml.h"
#include "xmpp-service/session/room_namespaces.h"
#include "xmpp-service/session/xml.h"

namespace chatwire::xmpp {
namespace {

constexpr QLatin1StringView kRegister("jabber:iq:register");
constexpr char kRegisterFormType[] = "http://jabber.org/protocol/muc#register";
// A room's list is a stranger's: more than this is not kept.
constexpr size_t kMaximumAffiliates = 20'000;
constexpr size_t kMaximumReasonBytes = 1024;
// What rooms call the field for the nick: XEP-0045, section 15.5.2, and what older ones do.
constexpr const char* kNickFields[] = {"muc#register_roomnick", "roomnick", "nick"};

QString Text(const std::string& text) { return QString::fromStdString(text); }

void WriteReason(QXmlStreamWriter& writer, const std::string& reason) {
  if (!reason.empty()) writer.writeTextElement(QStringLiteral("reason"), Text(reason));
}

/// An IQ with a `<query/>` of @p xmlns, whose inside @p inside writes.
PayloadIq Query(QXmppIq::Type type, const std::string& room, QLatin1StringView xmlns,
                PayloadIq::Payload inside = nullptr) {
  return PayloadIq(type, room, [xmlns, inside = std::move(inside)](QXmlStreamWriter& writer) {
    writer.writeStartElement(QStringLiteral("query"));
    writer.writeDefaultNamespace(xmlns);
    if (inside) inside(writer);
    writer.writeEndElement();
  });
}

/// Completes @p done with true when there is an answer, else with what is missing.
Completion<QDomElement> Done(Completion<bool> done, const char* needs) {
  return Completion<QDomElement>(
      [done = std::move(done), needs](absl::StatusOr<QDomElement> answer) mutable {
        if (answer.ok()) {
          done(true);
        } else {
          done(ExplainRefusal(answer.status(), needs));
        }
      });
}

std::optional<RoomAffiliate> ToAffiliate(const QDomElement& item, RoomAffiliation asked) {
  const auto jid = Jid::Parse(item.attribute(QStringLiteral("jid")).toStdString());
  const auto affiliation =
      ParseRoomAffiliation(item.attribute(QStringLiteral("affiliation")).toStdString());
  if (!jid.ok() || affiliation != asked) return std::nullopt;
  return RoomAffiliate{
      jid->Bare(), asked,
      TruncateUtf8(item.attribute(QStringLiteral("nick")).toStdString(), kMaximumReasonBytes),
      TruncateUtf8(item.firstChildElement(QStringLiteral("reason")).text().toStdString(),
                   kMaximumReasonBytes)};
}

std::vector<RoomAffiliate> ToAffiliates(const QDomElement& answer, RoomAffiliation asked) {
  std::map<std::string, RoomAffiliate> found;
  const auto query = Child(answer, QStringLiteral("query"), kMucAdminNamespace);
  const QString name = QStringLiteral("item");
  for (auto item = query.firstChildElement(name);
       !item.isNull() && found.size() < kMaximumAffiliates; item = item.nextSiblingElement(name)) {
    if (auto affiliate = ToAffiliate(item, asked)) found.emplace(affiliate->jid, *affiliate);
  }
  std::vector<RoomAffiliate> affiliates;
  for (auto& [jid, affiliate] : found) affiliates.push_back(std::move(affiliate));
  return affiliates;
}

const char* NickField(const DataForm& form) {
  const auto* known =
      std::find_if(std::begin(kNickFields), std::end(kNickFields),
                   [&form](const char* name) { return form.Find(name) != nullptr; });
  return known == std::end(kNickFields) ? kNickFields[0] : *known;
}

/// The nick that the room has for this account, or "".
std::string RegisteredNick(const QDomElement& answer) {
  const auto query = Child(answer, QStringLiteral("query"), kRegister);
  if (query.firstChildElement(QStringLiteral("registered")).isNull()) return "";
  const auto username = query.firstChildElement(QStringLiteral("username"));
  if (!username.isNull()) return username.text().toStdString();
  // ejabberd tells it in the form.
  const DataForm form = FindDataForm(query).value_or(DataForm());
  return form.Value(NickField(form));
}

absl::Status RegistrationWantsMore(const FormField& field) {
  return MakeError(absl::StatusCode::kFailedPrecondition,
                   {"xmpp.chatwire", "REGISTRATION_FORM_UNKNOWN"},
                   absl::StrCat("the room wants more than a nick, such as \"", field.name,
                                "\"; register with a client that shows its form"),
                   {{"field", field.name}});
}

}  // namespace

void RoomAdmin::Exists(const std::string& room, Completion<bool> done) {
  stream_.Request(Query(QXmppIq::Get, room, kDiscoInfoNamespace),
                  Completion<QDomElement>([done = std::move(done)](auto answer) mutable {
                    if (answer.ok()) {
                      done(true);
                    } else if (IsStanzaError(answer.status(), "item-not-found")) {
                      done(false);
                    } else {
                      done(answer.status());
                    }
                  }));
}

template <typename T>
void RoomAdmin::IfExists(const std::string& room, Completion<T> done,
                         absl::AnyInvocable<void(Completion<T>)> ask) {
  Exists(room, Completion<bool>([done = std::move(done),
                                 ask = std::move(ask)](absl::StatusOr<bool> exists) mutable {
           if (!exists.ok()) {
             done(exists.status());
           } else if (!*exists) {
             done(StanzaErrorStatus({"item-not-found", "there is no such room"}));
           } else {
             ask(std::move(done));
           }
         }));
}

void RoomAdmin::GetConfiguration(const std::string& room, Completion<DataForm> done) {
  IfExists<DataForm>(room, std::move(done), [this, room](Completion<DataForm> form_done) {
    stream_.Request(Query(QXmppIq::Get, room, kMucOwnerNamespace),
                    Completion<QDomElement>([done = std::move(form_done)](auto answer) mutable {
                      if (!answer.ok()) {
                        done(ExplainRefusal(answer.status(), "owner"));
                        return;
                      }
                      auto form =
                          FindDataForm(Child(*answer, QStringLiteral("query"), kMucOwnerNamespace));
                      done(std::move(form).value_or(DataForm()));
                    }));
  });
}

void RoomAdmin::SetConfiguration(const std::string& room, const DataForm& form,
                                 Completion<bool> done) {
  IfExists<bool>(room, std::move(done), [this, room, form](Completion<bool> set) {
    stream_.Request(Query(QXmppIq::Set, room, kMucOwnerNamespace,
                          [form](QXmlStreamWriter& writer) { WriteDataForm(writer, form); }),
                    Done(std::move(set), "owner"));
  });
}

void RoomAdmin::Destroy(const std::string& room, const std::string& alternative,
                        const std::string& reason, Completion<bool> done) {
  const auto inside = [alternative, reason](QXmlStreamWriter& writer) {
    writer.writeStartElement(QStringLiteral("destroy"));
    if (!alternative.empty()) writer.writeAttribute(QStringLiteral("jid"), Text(alternative));
    WriteReason(writer, reason);
    writer.writeEndElement();
  };
  IfExists<bool>(room, std::move(done), [this, room, inside](Completion<bool> destroyed) {
    stream_.Request(Query(QXmppIq::Set, room, kMucOwnerNamespace, inside),
                    Done(std::move(destroyed), "owner"));
  });
}

void RoomAdmin::SetRole(const std::string& room, const std::string& nick, RoomRole role,
                        const std::string& reason, Completion<bool> done) {
  const auto inside = [nick, role, reason](QXmlStreamWriter& writer) {
    writer.writeStartElement(QStringLiteral("item"));
    writer.writeAttribute(QStringLiteral("nick"), Text(nick));
    writer.writeAttribute(QStringLiteral("role"), QLatin1StringView(ToString(role)));
    WriteReason(writer, reason);
    writer.writeEndElement();
  };
  const char* needs = role == RoomRole::kModerator ? "admin" : "moderator";
  stream_.Request(
      Query(QXmppIq::Set, room, kMucAdminNamespace, inside),
      Completion<QDomElement>([this, room, needs,
                               done = std::move(done)](absl::StatusOr<QDomElement> answer) mutable {
        const absl::Status status = answer.status();
        // Rooms say either when nobody has the nick.
        if (IsStanzaError(status, "item-not-found") || IsStanzaError(status, "not-acceptable")) {
          TellWhatIsMissing(room, status, std::move(done));
        } else {
          Done(std::move(done), needs)(std::move(answer));
        }
      }));
}

void RoomAdmin::TellWhatIsMissing(const std::string& room, absl::Status refused,
                                  Completion<bool> done) {
  Exists(room, Completion<bool>([done = std::move(done), refused = std::move(refused)](
                                    absl::StatusOr<bool> exists) mutable {
           if (exists.ok() && !*exists) {
             done(std::move(refused));
           } else {
             done(Error(absl::StatusCode::kNotFound, "OCCUPANT_NOT_FOUND",
                        "nobody in the room has this nick"));
           }
         }));
}

void RoomAdmin::ListAffiliates(const std::string& room, RoomAffiliation affiliation,
                               Completion<std::vector<RoomAffiliate>> done) {
  const auto inside = [affiliation](QXmlStreamWriter& writer) {
    writer.writeEmptyElement(QStringLiteral("item"));
    writer.writeAttribute(QStringLiteral("affiliation"), QLatin1StringView(ToString(affiliation)));
  };
  stream_.Request(
      Query(QXmppIq::Get, room, kMucAdminNamespace, inside),
      Completion<QDomElement>([affiliation, done = std::move(done)](auto answer) mutable {
        if (answer.ok()) {
          done(ToAffiliates(*answer, affiliation));
        } else {
          done(ExplainRefusal(answer.status(), "admin"));
        }
      }));
}

void RoomAdmin::SetAffiliation(const std::string& room, const RoomAffiliate& affiliate,
                               Completion<bool> done) {
  const auto inside = [affiliate](QXmlStreamWriter& writer) {
    writer.writeStartElement(QStringLiteral("item"));
    writer.writeAttribute(QStringLiteral("jid"), Text(affiliate.jid));
    writer.writeAttribute(QStringLiteral("affiliation"),
                          QLatin1StringView(ToString(affiliate.affiliation)));
    WriteReason(writer, affiliate.reason);
    writer.writeEndElement();
  };
  const bool of_owners = affiliate.affiliation >= RoomAffiliation::kAdmin;
  stream_.Request(Query(QXmppIq::Set, room, kMucAdminNamespace, inside),
                  Done(std::move(done), of_owners ? "owner" : "admin"));
}

void RoomAdmin::AskRegistration(const std::string& room, Completion<QDomElement> done) {
  stream_.Request(Query(QXmppIq::Get, room, kRegister), std::move(done));
}

void RoomAdmin::RegisterNick(const std::string& room, const std::string& nick,
                             Completion<std::string> done) {
  AskRegistration(room, Completion<QDomElement>([this, room, nick, done = std::move(done)](
                                                    absl::StatusOr<QDomElement> answer) mutable {
                    if (!answer.ok()) {
                      done(ExplainRefusal(answer.status(), "member"));
                      return;
                    }
                    if (RegisteredNick(*answer) == nick) {
                      done(nick);
                      return;
                    }
                    const auto query = Child(*answer, QStringLiteral("query"), kRegister);
                    SubmitNick(room, nick, FindDataForm(query).value_or(DataForm()),
                               std::move(done));
                  }));
}

void RoomAdmin::SubmitNick(const std::string& room, const std::string& nick, const DataForm& form,
                           Completion<std::string> done) {
  DataForm answer;
  answer.type = DataFormType::kSubmit;
  answer.Set("FORM_TYPE", {kRegisterFormType}, FormFieldType::kHidden);
  answer.Set(NickField(form), {nick});
  for (const FormField& field : form.fields) {
    if (field.required && field.values.empty() && answer.Find(field.name) == nullptr) {
      done(RegistrationWantsMore(field));
      return;
    }
  }
  const auto inside = [submission = SubmissionFor(form, answer)](QXmlStreamWriter& writer) {
    WriteDataForm(writer, submission);
  };
  stream_.Request(Query(QXmppIq::Set, room, kRegister, inside),
                  Completion<QDomElement>([this, room, done = std::move(done)](auto taken) mutable {
                    if (IsStanzaError(taken.status(), "conflict")) {
                      done(Error(absl::StatusCode::kAlreadyExists, "NICK_TAKEN",
                                 "somebody else has or uses this nick in the room"));
                    } else if (!taken.ok()) {
                      done(ExplainRefusal(taken.status(), "member"));
                    } else {
                      // The room may want somebody's approval first.
                      AskRegistration(
                          room, Completion<QDomElement>([done = std::move(done)](auto now) mutable {
                            if (now.ok()) {
                              done(RegisteredNick(*now));
                            } else {
                              done(now.status());
                            }
                          }));
                    }
                  }));
}

}  // namespace chatwire::xmpp
