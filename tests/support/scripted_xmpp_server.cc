#include "tests/support/scripted_xmpp_server.h"

#include <sys/socket.h>

#include <QTcpSocket>
#include <utility>

#include "tests/support/event_loop.h"

namespace chatwire::testing {
namespace {

constexpr char kSm[] = "urn:xmpp:sm:3";

QByteArray AttributeH(unsigned h) { return " h='" + QByteArray::number(h) + "'"; }

}  // namespace

ScriptedXmppServer::ScriptedXmppServer(XmppServerScript script) : script_(std::move(script)) {
  EnsureQtApplication();  // without one, nothing would ever be accepted
  connect(&server_, &QTcpServer::newConnection, this, [this] { Accept(); });
  server_.listen(QHostAddress::LocalHost, 0);
}

ScriptedXmppServer::~ScriptedXmppServer() { Drop(); }

void ScriptedXmppServer::Accept() {
  while (QTcpSocket* socket = server_.nextPendingConnection()) {
    Drop();
    socket_ = socket;
    socket_->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    deaf_ = authenticated_ = counting_ = false;
    ++connections_;
    BeginStream();
    connect(socket_, &QTcpSocket::readyRead, this, [this] { Read(); });
    connect(socket_, &QTcpSocket::disconnected, this, [this] { Drop(); });
  }
}

void ScriptedXmppServer::Drop() {
  QTcpSocket* socket = std::exchange(socket_, nullptr);
  if (socket == nullptr) return;
  socket->disconnect(this);
  socket->abort();
  socket->deleteLater();
}

void ScriptedXmppServer::Inject(const QByteArray& bytes) {
  if (socket_ == nullptr) return;
  socket_->write(bytes);
  socket_->flush();
}

void ScriptedXmppServer::SendStreamError(const QByteArray& condition) {
  Inject("<stream:error><" + condition +
         " xmlns='urn:ietf:params:xml:ns:xmpp-streams'/></stream:error></stream:stream>");
}

void ScriptedXmppServer::Reset() {
  if (socket_ == nullptr) return;
  const linger no_linger{1, 0};
  ::setsockopt(static_cast<int>(socket_->socketDescriptor()), SOL_SOCKET, SO_LINGER, &no_linger,
               sizeof(no_linger));
  Drop();
}

void ScriptedXmppServer::Close() {
  if (socket_ != nullptr) socket_->disconnectFromHost();
}

int ScriptedXmppServer::CountReceived(const QString& name, const QString& body) const {
  int count = 0;
  for (const auto& element : received_) {
    if (element.name == name && (body.isNull() || element.body == body)) ++count;
  }
  return count;
}

ReceivedElement ScriptedXmppServer::LastReceived(const QString& name) const {
  for (auto element = received_.crbegin(); element != received_.crend(); ++element) {
    if (element->name == name) return *element;
  }
  return {};
}

void ScriptedXmppServer::BeginStream() {
  reader_.clear();
  depth_ = 0;
  restart_ = false;
}

void ScriptedXmppServer::SendHeader() {
  QByteArray features =
      "<mechanisms xmlns='urn:ietf:params:xml:ns:xmpp-sasl'>"
      "<mechanism>PLAIN</mechanism></mechanisms>";
  if (authenticated_) {
    features = "<bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'/>";
    if (script_.offer_stream_management) features += "<sm xmlns='" + QByteArray(kSm) + "'/>";
  }
  if (!authenticated_ && !script_.starttls_answer.isEmpty()) {
    features += "<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>";
  }
  if (!authenticated_) features += script_.features;
  Inject("<?xml version='1.0'?><stream:stream from='localhost' id='" +
         QByteArray::number(connections_) +
         "' version='1.0' xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams'>"
         "<stream:features>" +
         features + "</stream:features>");
}

void ScriptedXmppServer::Read() {
  const QByteArray bytes = socket_->readAll();
  if (deaf_) return;
  reader_.addData(bytes);
  while (socket_ != nullptr && !reader_.atEnd()) {
    const auto token = reader_.readNext();
    if (token == QXmlStreamReader::Invalid) return;  // incomplete: goes on with the next bytes
    HandleToken(token);
    if (restart_) {
      // The client's new stream cannot have begun before it saw <success/>.
      BeginStream();
      return;
    }
  }
}

void ScriptedXmppServer::BeginElement() {
  const auto attributes = reader_.attributes();
  const auto value = [&attributes](const char* name) {
    return attributes.value(QLatin1StringView(name)).toString();
  };
  element_ = {};
  element_.name = reader_.name().toString();
  element_.id = value("id");
  element_.type = value("type");
  element_.to = value("to");
  element_.h = value("h");
  copy_ = std::make_unique<QXmlStreamWriter>(&element_.xml);
}

void ScriptedXmppServer::HandleToken(QXmlStreamReader::TokenType token) {
  const bool inside = depth_ > 1;
  if (inside && token != QXmlStreamReader::StartElement) copy_->writeCurrentToken(reader_);
  if (token == QXmlStreamReader::StartElement) {
    text_.clear();
    switch (depth_++) {
      case 0:
        SendHeader();
        break;
      case 1:
        BeginElement();
        break;
      case 2:
        if (!element_.child.isEmpty()) break;
        element_.child = reader_.name().toString();
        element_.xmlns = reader_.namespaceUri().toString();
        break;
      default:
        break;
    }
    if (depth_ > 1) copy_->writeCurrentToken(reader_);
  } else if (token == QXmlStreamReader::Characters) {
    text_ += reader_.text();
  } else if (token == QXmlStreamReader::EndElement) {
    --depth_;
    if (depth_ == 2 && reader_.name() == QStringLiteral("body")) element_.body = text_;
    if (depth_ == 1) HandleElement(std::exchange(element_, {}));
    if (depth_ == 0) Close();
  }
}

void ScriptedXmppServer::HandleElement(const ReceivedElement& element) {
  received_.append(element);
  const bool is_stanza = element.name == QStringLiteral("message") ||
                         element.name == QStringLiteral("presence") ||
                         element.name == QStringLiteral("iq");
  if (is_stanza && counting_) ++handled_;
  if (element.name == QStringLiteral("auth")) {
    HandleAuth();
  } else if (element.name == QStringLiteral("iq")) {
    HandleIq(element);
  } else if (element.name == QStringLiteral("enable")) {
    counting_ = true;
    handled_ = 0;
    if (!script_.before_enabled.isEmpty()) Inject(script_.before_enabled);
    FinishLogin("<enabled xmlns='urn:xmpp:sm:3' id='session' resume='true'/>");
  } else if (element.name == QStringLiteral("starttls")) {
    Inject(script_.starttls_answer);
  } else if (element.name == QStringLiteral("resume")) {
    HandleResume();
  } else if (element.name == QStringLiteral("r") && script_.acknowledge) {
    Inject("<a xmlns='urn:xmpp:sm:3'" + AttributeH(handled_) + "/>");
  }
}

void ScriptedXmppServer::HandleAuth() {
  const QByteArray expected = '\0' + script_.user.toUtf8() + '\0' + script_.password.toUtf8();
  if (QByteArray::fromBase64(text_.toUtf8()) != expected) {
    Inject("<failure xmlns='urn:ietf:params:xml:ns:xmpp-sasl'><not-authorized/></failure>");
    return;
  }
  authenticated_ = true;
  restart_ = true;
  Inject("<success xmlns='urn:ietf:params:xml:ns:xmpp-sasl'/>");
}

void ScriptedXmppServer::HandleIq(const ReceivedElement& element) {
  const auto attribute = [](const char* name, const QString& value) {
    return value.isEmpty() ? QByteArray()
                           : QByteArray(" ") + name + "='" + value.toHtmlEscaped().toUtf8() + "'";
  };
  const QByteArray ids = attribute("id", element.id) + attribute("from", element.to);
  const QByteArray head = "<iq type='result'" + ids;
  if (element.child == QStringLiteral("bind")) {
    const QByteArray jid = script_.user.toUtf8() + "@localhost/test";
    const QByteArray result =
        head + "><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'><jid>" + jid + "</jid></bind></iq>";
    if (script_.offer_stream_management) {
      Inject(result);
    } else {
      FinishLogin(result);
    }
  } else if (element.type == QStringLiteral("result") || element.type == QStringLiteral("error")) {
    return;
  } else if (script_.answers.contains(element.xmlns)) {
    Inject(head + ">" + script_.answers[element.xmlns] + "</iq>");
  } else if (script_.errors.contains(element.xmlns)) {
    Inject("<iq type='error'" + ids + "><error type='cancel'><" + script_.errors[element.xmlns] +
           " xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></iq>");
  } else if (script_.answer_iqs &&
             (element.type == QStringLiteral("get") || element.type == QStringLiteral("set"))) {
    Inject(head + "/>");
  }
}

void ScriptedXmppServer::HandleResume() {
  if (script_.accept_resume) {
    ++resumptions_;
    counting_ = true;
    handled_ = script_.claimed_h.value_or(handled_);
    Inject("<resumed xmlns='urn:xmpp:sm:3' previd='session'" + AttributeH(handled_) + "/>");
    return;
  }
  ++refused_resumptions_;
  Inject("<failed xmlns='urn:xmpp:sm:3'" +
         (script_.claimed_h ? AttributeH(*script_.claimed_h) : QByteArray()) +
         "><item-not-found xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></failed>");
}

void ScriptedXmppServer::FinishLogin(const QByteArray& last_step) {
  ++sessions_;
  Inject(last_step + script_.after_login);
}

}  // namespace chatwire::testing
