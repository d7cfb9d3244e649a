#include "xmpp-service/session/qxmpp_session.h"

#include <QXmppCarbonManagerV2.h>
#include <QXmppDiscoveryManager.h>
#include <QXmppEntityTimeManager.h>
#include <QXmppMessage.h>
#include <QXmppPingIq.h>
#include <QXmppTask.h>
#include <QXmppVersionManager.h>

#include <QDomElement>
#include <QPointer>
#include <QSslSocket>
#include <QTimer>
#include <utility>

#include "common/uuid.h"
#include "xmpp-service/domain/archive_port.h"
#include "xmpp-service/session/chat_stanza.h"
#include "xmpp-service/session/ping_responder.h"
#include "xmpp-service/session/qxmpp_configuration.h"
#include "xmpp-service/session/session_parts.h"
#include "xmpp-service/session/stanza_mapper.h"
#include "xmpp-service/session/timeout.h"

namespace chatwire::xmpp {
namespace {

constexpr std::chrono::seconds kFarewellTimeout(1);
// Servers pass on stanzas of people up to 512 KiB; their own, such as a roster, may be longer.
constexpr int kMaximumStanzaBytes = 10 * 1024 * 1024;

absl::Status Offline() { return absl::UnavailableError("the session is not up"); }

}  // namespace

QxmppSession::QxmppSession(const SessionSettings& settings, SessionCredentials credentials,
                           SessionListener* listener)
    : settings_(settings),
      credentials_(std::move(credentials)),
      account_(credentials_.jid.Bare()),
      listener_(listener),
      stream_(account_, settings.request_timeout, listener),
      parts_(MakeSessionParts(stream_, settings, ports_)) {}

QxmppSession::~QxmppSession() {
  active_ = false;
  stream_.SetUp(false);
  if (client_ != nullptr) client_->disconnect();
  stream_.EndRequests();
}

void QxmppSession::AttachParts() {
  stream_.SetClient(client_.get());
  for (const auto& part : parts_) {
    auto* extension = new PartExtension(*part);
    client_->insertExtension(0, extension);
    extensions_.push_back(extension);
    part->Attach(*client_);
  }
}

void QxmppSession::MakeClient() {
  client_ = std::make_unique<QXmppClient>(QXmppClient::NoExtensions);
  // With a logger every stanza is an event for another thread, also when nothing is logged.
  client_->setLogger(nullptr);
  client_->setProperty("maxStanzaBytes", kMaximumStanzaBytes);
  client_->addNewExtension<PingResponder>();
  roster_ = client_->addNewExtension<QXmppRosterManager>(client_.get());
  client_->addNewExtension<QXmppEntityTimeManager>();
  auto* version = client_->addNewExtension<QXmppVersionManager>();
  version->setClientName(QStringLiteral("Chatwire"));
  // Without one it would be QXmpp's.
  version->setClientVersion(QStringLiteral(CHATWIRE_VERSION));
  auto* discovery = client_->addNewExtension<QXmppDiscoveryManager>();
  discovery->setClientName(QStringLiteral("Chatwire"));
  discovery->setClientType(QStringLiteral("bot"));
  client_->addNewExtension<QXmppCarbonManagerV2>();
  AttachParts();
  ListenToConnection();
  ListenToStanzas();
  ListenToRoster();
}

void QxmppSession::DropClient() {
  if (client_ == nullptr) return;
  client_->disconnect();
  roster_->disconnect();
  for (auto* extension : extensions_) extension->Release();
  extensions_.clear();
  stream_.SetClient(nullptr);
  // Maybe we are inside one of its signals.
  client_.release()->deleteLater();
  roster_ = nullptr;
}

void QxmppSession::ListenToConnection() {
  auto* client = client_.get();
  QObject::connect(client, &QXmppClient::connected, &context_, [this] { OnConnected(); });
  QObject::connect(client, &QXmppClient::disconnected, &context_, [this] { CheckEndedLater(); });
  CollectSymptoms(*client, context_, symptoms_);
  QObject::connect(client, &QXmppClient::errorOccurred, &context_, [this] { CheckEndedLater(); });
}

void QxmppSession::ListenToStanzas() {
  auto* client = client_.get();
  QObject::connect(client, &QXmppClient::messageReceived, &context_,
                   [this](const QXmppMessage& in) {
                     auto message = ToDomain(in, account_);
                     if (message.has_value()) listener_->OnMessage(*std::move(message));
                   });
  QObject::connect(client, &QXmppClient::presenceReceived, &context_,
                   [this](const QXmppPresence& presence) { OnPresence(presence); });
}

void QxmppSession::ListenToRoster() {
  // QXmpp would forget roster and presences after an attempt that came to nothing, also where the
  // stream is resumed after that. For a new stream it forgets them when that is up.
  QObject::disconnect(client_.get(), &QXmppClient::disconnected, roster_, nullptr);
  QObject::connect(roster_, &QXmppRosterManager::rosterReceived, &context_, [this] {
    std::vector<Contact> contacts;
    for (const QString& jid : roster_->getRosterBareJids()) {
      contacts.push_back(ToDomain(roster_->getRosterEntry(jid)));
    }
    listener_->OnRoster(std::move(contacts));
  });
  const auto changed = [this](const QString& jid) {
    listener_->OnContactChanged(ToDomain(roster_->getRosterEntry(jid)));
  };
  QObject::connect(roster_, &QXmppRosterManager::itemAdded, &context_, changed);
  QObject::connect(roster_, &QXmppRosterManager::itemChanged, &context_, changed);
  QObject::connect(roster_, &QXmppRosterManager::itemRemoved, &context_,
                   [this](const QString& jid) { listener_->OnContactRemoved(jid.toStdString()); });
}

void QxmppSession::Connect(const std::string& password, const Presence& presence) {
  if (client_ == nullptr) MakeClient();
  symptoms_ = ConnectionSymptoms{};
  symptoms_.required_mechanism = required_;
  active_ = true;
  QXmppPresence stanza = ToQxmpp(presence);
  stream_.AddPhoto(stanza);
  client_->connectToServer(MakeConfiguration(settings_, credentials_, password, required_), stanza);
}

void QxmppSession::Abort() {
  if (stream_.up()) {
    for (auto* socket : client_->findChildren<QSslSocket*>()) socket->abort();
    CheckEndedLater();
    return;
  }
  // It may be anywhere between a DNS query and the last handshake, from where QXmpp might come
  // back.
  DropClient();
  QTimer::singleShot(0, &context_, [this] { ReportEnd(); });
}

void QxmppSession::Close() {
  if (!stream_.up()) {
    Disconnect();
    return;
  }
  // QXmpp closes the socket at once; what is under way from the server would then cut off our
  // farewell. So that goes first, and an answered ping shows that it has arrived.
  SendPresence({Availability::kOffline, "", 0});
  Ping(Completion<bool>([this, alive = QPointer<QObject>(&context_)](const auto&) {
    if (alive) QTimer::singleShot(0, alive, [this] { Disconnect(); });
  }));
  QTimer::singleShot(kFarewellTimeout, &context_, [this] { Disconnect(); });
}

void QxmppSession::Disconnect() {
  if (!active_ || client_ == nullptr) return;
  client_->disconnectFromServer();
  CheckEndedLater();
}

void QxmppSession::OnConnected() {
  const bool resumed = client_->streamManagementState() == QXmppClient::ResumedStream;
  symptoms_.was_up = true;
  stream_.SetUp(true);
  for (const auto& part : parts_) part->OnUp(resumed);
  listener_->OnConnected(resumed);
}

void QxmppSession::CheckEndedLater() {
  QTimer::singleShot(0, &context_, [this] {
    if (!active_ || client_ == nullptr) return;
    const bool ended = client_->state() == QXmppClient::DisconnectedState;
    if (ended) {
      ReportEnd();
    } else if (symptoms_.error.has_value()) {
      // An error, and still a connection: it is of no use any more.
      Abort();
    }
  });
}

void QxmppSession::ReportEnd() {
  if (!active_) return;
  active_ = false;
  stream_.SetUp(false);
  for (const auto& part : parts_) part->OnDown();
  listener_->OnDisconnected(ToFailure(symptoms_));
}

void QxmppSession::Send(const OutgoingMessage& message, Completion<bool> done) {
  if (!stream_.up()) {
    done(Offline());
    return;
  }
  stream_.NoteUse();
  auto shared = std::make_shared<Completion<bool>>(std::move(done));
  client_->send(ToQxmpp(message)).then(&context_, [this, shared](QXmpp::SendResult&& result) {
    if (const auto* error = std::get_if<QXmppError>(&result)) {
      (*shared)(absl::UnavailableError(error->description.toStdString()));
    } else if (std::get<QXmpp::SendSuccess>(result).acknowledged) {
      (*shared)(true);
    } else {
      // No stream management. Stanzas are handled in order (RFC 6120, section 10.1): when the
      // server answers a later one, it has had this one. Not from inside the continuation.
      QTimer::singleShot(0, &context_, [this, shared] { Ping(std::move(*shared)); });
    }
  });
}

void QxmppSession::SendChatState(const std::string& to, ChatState state) {
  if (stream_.up()) client_->send(MakeChatState(to, state));
}

void QxmppSession::SendReceipt(const IncomingMessage& message) {
  if (stream_.up()) client_->send(MakeReceipt(message));
}

void QxmppSession::SendPresence(const Presence& presence) {
  if (!stream_.up()) return;
  stream_.NoteUse();
  QXmppPresence stanza = ToQxmpp(presence);
  // setClientPresence would end the session.
  if (stanza.type() == QXmppPresence::Unavailable) {
    client_->sendPacket(stanza);
  } else {
    stream_.AddPhoto(stanza);
    client_->setClientPresence(stanza);
  }
}

void QxmppSession::Ping(Completion<bool> done) {
  if (!stream_.up()) {
    done(Offline());
    return;
  }
  QXmppPingIq ping;
  ping.setId(QString::fromStdString(RandomUuid()));
  ping.setTo(QString::fromStdString(credentials_.jid.domain()));
  auto shared = WithTimeout(settings_.request_timeout, &context_, std::move(done));
  client_->sendIq(std::move(ping)).then(&context_, [shared](QXmppClient::IqResult&& result) {
    const auto* error = std::get_if<QXmppError>(&result);
    // An error by the server is a sign of life, too.
    if (error == nullptr || error->isStanzaError()) {
      (*shared)(true);
    } else {
      (*shared)(Offline());
    }
  });
}

void QxmppSession::QueryArchive(const ArchiveQuery& query, Completion<ArchivePage> done) {
  ports_.archive->Query(query, std::move(done));
}

void QxmppSession::OnPresence(const QXmppPresence& presence) {
  if (presence.type() != QXmppPresence::Available &&
      presence.type() != QXmppPresence::Unavailable) {
    return;
  }
  const std::string from = presence.from().toStdString();
  if (BareOf(from) != account_) listener_->OnPresence(from, ToDomain(presence));
}

}  // namespace chatwire::xmpp
