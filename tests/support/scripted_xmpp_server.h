#ifndef CHATWIRE_TESTS_SUPPORT_SCRIPTED_XMPP_SERVER_H_
#define CHATWIRE_TESTS_SUPPORT_SCRIPTED_XMPP_SERVER_H_

#include <QByteArray>
#include <QList>
#include <QMap>
#include <QObject>
#include <QString>
#include <QTcpServer>
#include <QXmlStreamReader>
#include <QXmlStreamWriter>
#include <memory>
#include <optional>

class QTcpSocket;

namespace chatwire::testing {

/// What the server does by itself. May be changed at any time.
struct XmppServerScript {
  QString user = QStringLiteral("alice");
  QString password = QStringLiteral("secret");

  /// Not empty: STARTTLS is offered, and this is the answer to the request. The server has no TLS.
  QByteArray starttls_answer;
  bool offer_stream_management = true;
  /// Answers `<r/>`. What it receives counts as handled either way.
  bool acknowledge = true;
  /// Answers `<resume/>` with `<resumed/>`, else with `<failed/>`.
  bool accept_resume = true;
  /// The `h` of `<failed/>` and `<resumed/>`: what the server claims to have handled. Without a
  /// value
  /// `<resumed/>` tells the truth and `<failed/>` has no `h`.
  std::optional<unsigned> claimed_h;
  /// Answers get and set IQs with an empty result.
  bool answer_iqs = true;
  /// Answers to IQs by the namespace of their payload: what is inside the result.
  QMap<QString, QByteArray> answers;
  /// The same for errors: the stanza error's condition.
  QMap<QString, QByteArray> errors;
  /// Further features of the stream on which nobody is signed in yet.
  QByteArray features;
  /// Raw bytes between the client's `<enable/>` and the server's `<enabled/>`.
  QByteArray before_enabled;
  /// Raw bytes that follow the last step of a login (`<enabled/>`, or the result of bind) in the
  /// same write.
  QByteArray after_login;
};

/// A stanza, or another child of the stream, that the client sent.
struct ReceivedElement {
  QString name;
  QString id;
  QString type;
  QString to;
  QString child;  ///< name of its first child
  QString body;
  QString h;
  QString xmlns;  ///< of its first child
  QString xml;    ///< the whole of it, as far as it has been read
};

/// An XMPP server for one client at a time that does what a test tells it to, down to the bytes.
///
/// Plain TCP on a free port of the loopback, SASL PLAIN, resource binding, XEP-0198. It knows no
/// other client and keeps nothing. Lives on the thread of its event loop, which may be the
/// client's.
class ScriptedXmppServer : public QObject {
 public:
  explicit ScriptedXmppServer(XmppServerScript script = {});
  ~ScriptedXmppServer() override;

  quint16 port() const { return server_.serverPort(); }
  XmppServerScript& script() { return script_; }

  /// Sends raw bytes, flushed at once.
  void Inject(const QByteArray& bytes);
  void SendStreamError(const QByteArray& condition);
  /// Ends the connection without a word: RST.
  void Reset();
  /// Ends the connection without `</stream:stream>`: FIN.
  void Close();
  /// Reads and says nothing any more, but keeps the connection open: a black hole. Ends with the
  /// next connection.
  void GoDeaf() { deaf_ = true; }

  bool has_client() const { return socket_ != nullptr; }
  int connections() const { return connections_; }
  /// Logins that led to a new session.
  int sessions() const { return sessions_; }
  int resumptions() const { return resumptions_; }
  int refused_resumptions() const { return refused_resumptions_; }
  /// Stanzas of the current session since `<enable/>`: the `h` of an honest server.
  unsigned handled() const { return handled_; }
  /// Since the server began, over all connections.
  const QList<ReceivedElement>& received() const { return received_; }
  int CountReceived(const QString& name, const QString& body = {}) const;
  /// The last element of that name; an empty one when there was none.
  ReceivedElement LastReceived(const QString& name) const;

 private:
  void Accept();
  void Drop();
  void Read();
  void BeginStream();
  void SendHeader();
  void BeginElement();
  void HandleToken(QXmlStreamReader::TokenType token);
  void HandleElement(const ReceivedElement& element);
  void HandleAuth();
  void HandleIq(const ReceivedElement& element);
  void HandleResume();
  void FinishLogin(const QByteArray& last_step);

  XmppServerScript script_;
  QTcpServer server_;
  QTcpSocket* socket_ = nullptr;

  QXmlStreamReader reader_;
  int depth_ = 0;
  ReceivedElement element_;
  std::unique_ptr<QXmlStreamWriter> copy_;
  QString text_;
  bool restart_ = false;
  bool authenticated_ = false;
  bool counting_ = false;
  bool deaf_ = false;

  int connections_ = 0;
  int sessions_ = 0;
  int resumptions_ = 0;
  int refused_resumptions_ = 0;
  unsigned handled_ = 0;
  QList<ReceivedElement> received_;
};

}  // namespace chatwire::testing

#endif  // CHATWIRE_TESTS_SUPPORT_SCRIPTED_XMPP_SERVER_H_
