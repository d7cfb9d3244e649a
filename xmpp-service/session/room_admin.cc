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
#include "xmpp-service/session/room_query.h"
#include "xmpp-service/session/xml.h"

namespace chatwire::xmpp {
namespace {

// A room's list is a stranger's: more than this is not kept.
constexpr size_t kMaximumAffiliates = 20'000;
constexpr size_t kMaximumReasonBytes = 1024;

QString Text(const std::string& text) { return QString::fromStdString(text); }

void WriteReason(QXmlStreamWriter& writer, const std::string& reason) {
  if (!reason.empty()) writer.writeTextElement(QStringLiteral("reason"), Text(reason));
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

}  // namespace chatwire::xmpp
