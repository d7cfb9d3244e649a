#ifndef CHATWIRE_XMPP_SERVICE_SESSION_QXMPP_SESSION_H_
#define CHATWIRE_XMPP_SERVICE_SESSION_QXMPP_SESSION_H_

#include <QXmppClient.h>
#include <QXmppPresence.h>
#include <QXmppRosterManager.h>

#include <QObject>
#include <memory>
#include <string>
#include <vector>

#include "xmpp-service/domain/session.h"
#include "xmpp-service/session/failure_mapper.h"
#include "xmpp-service/session/part_extension.h"
#include "xmpp-service/session/session_options.h"
#include "xmpp-service/session/stream.h"

namespace chatwire::xmpp {

/// A session by QXmpp, with what QXmpp would decide by itself switched off: it does not reconnect,
/// does not time out, does not accept anybody, and signs in over TLS with SCRAM only.
class QxmppSession final : public Session {
 public:
  QxmppSession(const SessionSettings& settings, SessionCredentials credentials,
               SessionListener* listener);
  ~QxmppSession() override;

  void RequireMechanism(const std::string& mechanism) override { required_ = mechanism; }
  std::string mechanism() const override { return symptoms_.mechanism.toStdString(); }
  void Connect(const std::string& password, const Presence& presence) override;
  void Abort() override;
  void Close() override;
  void Send(const OutgoingMessage& message, Completion<bool> done) override;
  void SendChatState(const std::string& to, ChatState state) override;
  void SendReceipt(const IncomingMessage& message) override;
  void SendPresence(const Presence& presence) override;
  void Ping(Completion<bool> done) override;
  void QueryArchive(const ArchiveQuery& query, Completion<ArchivePage> done) override;
  SessionPorts ports() override { return ports_; }

 private:
  void MakeClient();
  void AttachParts();
  void DropClient();
  void ListenToConnection();
  void ListenToStanzas();
  void ListenToRoster();

  void OnConnected();
  void Disconnect();
  /// Looks, once QXmpp has finished what it is doing, whether the connection has ended.
  void CheckEndedLater();
  void ReportEnd();
  void OnPresence(const QXmppPresence& presence);

  const SessionSettings& settings_;
  const SessionCredentials credentials_;
  const std::string account_;
  SessionListener* const listener_;
  ConnectionSymptoms symptoms_;
  /// SASL mechanism. Empty: any.
  std::string required_;
  /// Between Connect and OnDisconnected.
  bool active_ = false;
  Stream stream_;
  SessionPorts ports_;
  std::vector<std::unique_ptr<SessionPart>> parts_;
  std::unique_ptr<QXmppClient> client_;
  // Owned by client_.
  std::vector<PartExtension*> extensions_;
  QXmppRosterManager* roster_ = nullptr;
  /// Lives as long as the session; functions for later belong to it.
  QObject context_;
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_SESSION_QXMPP_SESSION_H_
