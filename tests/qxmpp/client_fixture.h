#ifndef CHATWIRE_TESTS_QXMPP_CLIENT_FIXTURE_H_
#define CHATWIRE_TESTS_QXMPP_CLIENT_FIXTURE_H_

#include <QXmppClient.h>
#include <QXmppConfiguration.h>
#include <QXmppMessage.h>
#include <QXmppSendResult.h>
#include <QXmppTask.h>
#include <gtest/gtest.h>

#include <QList>
#include <QSslSocket>
#include <QStringList>
#include <memory>

#include "tests/support/event_loop.h"
#include "tests/support/scripted_xmpp_server.h"

namespace chatwire::testing {

/// How the task of a sent message ended.
struct SendOutcomes {
  int acknowledged = 0;
  int unacknowledged = 0;  ///< written to the socket, nothing more is known
  int failed = 0;

  int Total() const { return acknowledged + unacknowledged + failed; }
};

/// A QXmppClient and the server that it talks to, on one thread and one event loop.
class ClientFixture : public ::testing::Test {
 protected:
  ClientFixture();

  /// Connects, and waits until the session is open.
  bool LogIn();
  void Connect();
  /// Cuts the connection without ending the stream, so that it can be resumed.
  void LoseConnection();

  /// Sends @p bytes so that the client sees them in one read of their own.
  bool InjectAlone(const QByteArray& bytes);
  /// Asks the client how many stanzas it has handled (`h` of XEP-0198); null without an answer.
  QString AcknowledgedByClient();
  /// A message from a contact, as bytes.
  static QByteArray Message(const QString& body);

  /// Sends a message; its outcome is counted in outcomes().
  void Send(const QString& body);
  const SendOutcomes& outcomes() const { return *outcomes_; }

  QSslSocket* socket() const { return client_->findChild<QSslSocket*>(); }
  /// Bodies of the messages that came, in order.
  const QStringList& bodies() const { return bodies_; }
  int disconnects() const { return disconnects_; }
  int errors() const { return errors_; }

  std::shared_ptr<SendOutcomes> outcomes_ = std::make_shared<SendOutcomes>();
  ScriptedXmppServer server_;
  std::unique_ptr<QXmppClient> client_;
  QXmppConfiguration::StreamSecurityMode security_mode_ = QXmppConfiguration::TLSDisabled;

 private:
  int Acknowledgements() const { return server_.CountReceived(QStringLiteral("a")); }

  QStringList bodies_;
  int logins_ = 0;
  int disconnects_ = 0;
  int errors_ = 0;
};

}  // namespace chatwire::testing

#endif  // CHATWIRE_TESTS_QXMPP_CLIENT_FIXTURE_H_
