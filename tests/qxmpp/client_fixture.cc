#include "tests/qxmpp/client_fixture.h"

#include <QXmppError.h>

#include <utility>
#include <variant>

namespace chatwire::testing {

ClientFixture::ClientFixture() {
  EnsureQtApplication();
  // No managers: the traffic is what the test sends.
  client_ = std::make_unique<QXmppClient>(QXmppClient::NoExtensions);
  QObject::connect(client_.get(), &QXmppClient::messageReceived, client_.get(),
                   [this](const QXmppMessage& message) { bodies_.append(message.body()); });
  QObject::connect(client_.get(), &QXmppClient::connected, client_.get(), [this] { ++logins_; });
  QObject::connect(client_.get(), &QXmppClient::disconnected, client_.get(),
                   [this] { ++disconnects_; });
  QObject::connect(client_.get(), &QXmppClient::errorOccurred, client_.get(),
                   [this] { ++errors_; });
}

void ClientFixture::Connect() {
  QXmppConfiguration configuration;
  configuration.setJid(QStringLiteral("alice@localhost"));
  configuration.setPassword(QStringLiteral("secret"));
  configuration.setHost(QStringLiteral("127.0.0.1"));
  configuration.setPort(server_.port());
  configuration.setStreamSecurityMode(security_mode_);
  configuration.setDisabledSaslMechanisms({});  // PLAIN is what the server has
  configuration.setAutoReconnectionEnabled(false);
  configuration.setKeepAliveInterval(0);
  client_->connectToServer(configuration);
}

bool ClientFixture::LogIn() {
  const int logins = logins_;
  Connect();
  if (!WaitUntil([&] { return logins_ > logins; })) return false;
  if (!server_.script().offer_stream_management) return true;
  // A round trip, so that nothing that belongs to the login is still under way.
  return !AcknowledgedByClient().isNull();
}

QString ClientFixture::AcknowledgedByClient() {
  const int answers = Acknowledgements();
  server_.Inject("<r xmlns='urn:xmpp:sm:3'/>");
  if (!WaitUntil([&] { return Acknowledgements() > answers; })) return {};
  return server_.received().last().h;
}

void ClientFixture::LoseConnection() {
  const int disconnects = disconnects_;
  server_.Reset();
  WaitUntil([&] { return disconnects_ > disconnects; });
}

bool ClientFixture::InjectAlone(const QByteArray& bytes) {
  bool read = false;
  const auto connection = QObject::connect(socket(), &QSslSocket::readyRead, [&] { read = true; });
  server_.Inject(bytes);
  const bool arrived = WaitUntil([&] { return read; });
  QObject::disconnect(connection);
  return arrived;
}

QByteArray ClientFixture::Message(const QString& body) {
  return "<message from='bob@localhost/pc' to='alice@localhost' type='chat'><body>" +
         body.toHtmlEscaped().toUtf8() + "</body></message>";
}

void ClientFixture::Send(const QString& body) {
  client_->send(QXmppMessage({}, QStringLiteral("bob@localhost"), body))
      .then(client_.get(), [outcomes = outcomes_](QXmpp::SendResult&& result) {
        if (const auto* success = std::get_if<QXmpp::SendSuccess>(&result)) {
          ++(success->acknowledged ? outcomes->acknowledged : outcomes->unacknowledged);
        } else {
          ++outcomes->failed;
        }
      });
}

}  // namespace chatwire::testing
