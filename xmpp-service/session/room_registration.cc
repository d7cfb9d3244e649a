#include "xmpp-service/session/room_registration.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/error.h"
#include "xmpp-service/domain/errors.h"
#include "xmpp-service/domain/room_privilege.h"
#include "xmpp-service/domain/stanza_status.h"
#include "xmpp-service/session/data_form_xml.h"
#include "xmpp-service/session/room_query.h"
#include "xmpp-service/session/xml.h"

namespace chatwire::xmpp {
namespace {

constexpr QLatin1StringView kRegister("jabber:iq:register");
constexpr char kRegisterFormType[] = "http://jabber.org/protocol/muc#register";
// What rooms call the field for the nick: XEP-0045, section 15.5.2, and what older ones do.
constexpr const char* kNickFields[] = {"muc#register_roomnick", "roomnick", "nick"};

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

void RoomRegistration::Ask(const std::string& room, Completion<QDomElement> done) {
  stream_.Request(Query(QXmppIq::Get, room, kRegister), std::move(done));
}

void RoomRegistration::Register(const std::string& room, const std::string& nick,
                                Completion<std::string> done) {
  Ask(room, Completion<QDomElement>([this, room, nick, done = std::move(done)](
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
        Submit(room, nick, FindDataForm(query).value_or(DataForm()), std::move(done));
      }));
}

void RoomRegistration::Submit(const std::string& room, const std::string& nick,
                              const DataForm& form, Completion<std::string> done) {
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
                      Ask(room, Completion<QDomElement>([done = std::move(done)](auto now) mutable {
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
