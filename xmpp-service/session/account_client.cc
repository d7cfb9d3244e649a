#include "xmpp-service/session/account_client.h"

#include <utility>

#include "xmpp-service/domain/jid.h"
#include "xmpp-service/session/xml.h"

namespace chatwire::xmpp {
namespace {

constexpr QLatin1StringView kRegister("jabber:iq:register");

Completion<QDomElement> Acknowledged(Completion<bool> done) {
  return Completion<QDomElement>([done = std::move(done)](const auto& answer) mutable {
    done(answer.ok() ? absl::StatusOr<bool>(true) : answer.status());
  });
}

PayloadIq RegisterSet(const Jid& account, PayloadIq::Payload content) {
  return PayloadIq(QXmppIq::Set, account.domain(),
                   [content = std::move(content)](QXmlStreamWriter& writer) {
                     writer.writeStartElement(QStringLiteral("query"));
                     writer.writeDefaultNamespace(kRegister);
                     content(writer);
                     writer.writeEndElement();
                   });
}

}  // namespace

void AccountClient::ChangePassword(const std::string& password, Completion<bool> done) {
  const auto account = Jid::ParseBare(stream_.account());
  if (!account.ok()) {
    done(account.status());
    return;
  }
  stream_.Request(RegisterSet(*account,
                              [user = account->local(), password](QXmlStreamWriter& writer) {
                                writer.writeTextElement(QStringLiteral("username"),
                                                        QString::fromStdString(user));
                                writer.writeTextElement(QStringLiteral("password"),
                                                        QString::fromStdString(password));
                              }),
                  Acknowledged(std::move(done)));
}

void AccountClient::Delete(Completion<bool> done) {
  const auto account = Jid::ParseBare(stream_.account());
  if (!account.ok()) {
    done(account.status());
    return;
  }
  stream_.Request(RegisterSet(*account,
                              [](QXmlStreamWriter& writer) {
                                writer.writeEmptyElement(QStringLiteral("remove"));
                              }),
                  Acknowledged(std::move(done)));
}

}  // namespace chatwire::xmpp
