#include "xmpp-service/session/user_search_client.h"

#include <array>
#include <utility>

#include "xmpp-service/domain/stanza_status.h"
#include "xmpp-service/domain/text.h"
#include "xmpp-service/session/data_form_xml.h"
#include "xmpp-service/session/xml.h"

namespace chatwire::xmpp {
namespace {

constexpr QLatin1StringView kSearch("jabber:iq:search");
constexpr std::array<const char*, 4> kPlainFields = {"first", "last", "nick", "email"};
constexpr size_t kMaximumTextBytes = 4096;

std::string TextOf(const QDomElement& element) {
  return TruncateUtf8(element.text().toStdString(), kMaximumTextBytes);
}

/// The older way as a form (XEP-0055, section 2.1).
DataForm PlainForm(const QDomElement& query) {
  DataForm form;
  const QDomElement text = Child(query, QStringLiteral("instructions"), kSearch);
  if (!text.isNull()) form.instructions.push_back(TextOf(text));
  for (const char* name : kPlainFields) {
    if (Child(query, QLatin1StringView(name), kSearch).isNull()) continue;
    form.Set(name, {}, FormFieldType::kTextSingle);
  }
  return form;
}

void WriteSubmission(QXmlStreamWriter& xml, const DataForm& submission, bool plain) {
  xml.writeStartElement(QStringLiteral("query"));
  xml.writeDefaultNamespace(kSearch);
  if (!plain) WriteDataForm(xml, submission);
  for (const char* name : kPlainFields) {
    const std::string value = plain ? submission.Value(name) : std::string();
    if (!value.empty()) {
      xml.writeTextElement(QLatin1StringView(name), QString::fromStdString(value));
    }
  }
  xml.writeEndElement();
}

/// Whether there was room.
bool Add(FoundUsers& found, FoundUser user) {
  if (user.jid.empty()) return true;
  if (found.users.size() == FoundUsers::kMaximumUsers) {
    found.truncated = true;
    return false;
  }
  found.users.push_back(std::move(user));
  return true;
}

FoundUsers UsersOfForm(const DataForm& form) {
  FoundUsers found;
  found.truncated = form.truncated;
  for (const FormRow& row : form.rows) {
    FoundUser user;
    for (const FormField& field : row.fields) {
      if (field.values.empty() || field.values.front().empty()) continue;
      if (field.name == "jid") {
        user.jid = field.values.front();
      } else {
        user.fields[field.name] = field.values.front();
      }
    }
    if (!Add(found, std::move(user))) break;
  }
  return found;
}

FoundUsers UsersOf(const QDomElement& query) {
  if (const auto form = FindDataForm(query); form.has_value()) return UsersOfForm(*form);
  FoundUsers found;
  for (auto item = query.firstChildElement(QStringLiteral("item")); !item.isNull();
       item = item.nextSiblingElement(QStringLiteral("item"))) {
    FoundUser user;
    user.jid = item.attribute(QStringLiteral("jid")).toStdString();
    for (const char* name : kPlainFields) {
      std::string text = TextOf(Child(item, QLatin1StringView(name), kSearch));
      if (!text.empty()) user.fields[name] = std::move(text);
    }
    if (!Add(found, std::move(user))) break;
  }
  return found;
}

/// `*` in the field for the user's name: ejabberd finds everybody by that.
DataForm Everybody(const DataForm& form) {
  DataForm answer;
  if (form.Find("user") != nullptr) {
    answer.Set("user", {"*"});
    return answer;
  }
  for (const FormField& field : form.fields) {
    if (field.type == FormFieldType::kTextSingle ||
        (field.type == FormFieldType::kUnspecified && field.name != "FORM_TYPE")) {
      answer.Set(field.name, {"*"});
      break;
    }
  }
  return answer;
}

}  // namespace

void UserSearchClient::Ask(const std::string& service, Completion<Question> done) {
  const auto write = [](QXmlStreamWriter& xml) {
    xml.writeStartElement(QStringLiteral("query"));
    xml.writeDefaultNamespace(kSearch);
    xml.writeEndElement();
  };
  stream_.Request(PayloadIq(QXmppIq::Get, service, write),
                  Completion<QDomElement>([done = std::move(done)](auto iq) mutable {
                    if (!iq.ok()) {
                      done(iq.status());
                      return;
                    }
                    const QDomElement query = Child(*iq, QStringLiteral("query"), kSearch);
                    auto form = FindDataForm(query);
                    if (query.isNull()) {
                      done(BadAnswer("it has no form"));
                    } else if (form.has_value()) {
                      done(Question{*std::move(form), false});
                    } else {
                      done(Question{PlainForm(query), true});
                    }
                  }));
}

void UserSearchClient::GetForm(const std::string& service, Completion<DataForm> done) {
  Ask(service, Completion<Question>([done = std::move(done)](auto question) mutable {
        if (question.ok()) {
          done(std::move(question->form));
        } else {
          done(question.status());
        }
      }));
}

void UserSearchClient::Submit(const std::string& service,
                              std::function<DataForm(const DataForm&)> fill,
                              Completion<FoundUsers> done) {
  Ask(service, Completion<Question>([this, service, fill = std::move(fill),
                                     done = std::move(done)](auto question) mutable {
        if (!question.ok()) {
          done(question.status());
          return;
        }
        const auto write = [submission = SubmissionFor(question->form, fill(question->form)),
                            plain = question->plain](QXmlStreamWriter& xml) {
          WriteSubmission(xml, submission, plain);
        };
        stream_.Request(PayloadIq(QXmppIq::Set, service, write),
                        Completion<QDomElement>([done = std::move(done)](auto iq) mutable {
                          if (iq.ok()) {
                            done(UsersOf(Child(*iq, QStringLiteral("query"), kSearch)));
                          } else {
                            done(iq.status());
                          }
                        }));
      }));
}

void UserSearchClient::Search(const std::string& service, const DataForm& answer,
                              Completion<FoundUsers> done) {
  Submit(service, [answer](const DataForm&) { return answer; }, std::move(done));
}

void UserSearchClient::SearchAll(const std::string& service, Completion<FoundUsers> done) {
  Submit(service, Everybody, std::move(done));
}

}  // namespace chatwire::xmpp
