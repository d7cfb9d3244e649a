#ifndef CHATWIRE_XMPP_SERVICE_SESSION_REGISTRATION_STREAM_H_
#define CHATWIRE_XMPP_SERVICE_SESSION_REGISTRATION_STREAM_H_

#include <QXmppClient.h>

#include <QDomElement>
#include <QObject>
#include <QString>
#include <memory>
#include <string>

#include "xmpp-service/domain/registration.h"
#include "xmpp-service/session/failure_mapper.h"
#include "xmpp-service/session/part_extension.h"
#include "xmpp-service/session/session_options.h"
#include "xmpp-service/session/session_part.h"

namespace chatwire::xmpp {

/// A connection by QXmpp on which nobody is signed in, for in-band registration (XEP-0077). With
/// TLS or not at all.
class QxmppRegistrationStream final : public RegistrationStream, private SessionPart {
 public:
  /// @p settings outlives it.
  QxmppRegistrationStream(const SessionSettings& settings, std::string server);
  ~QxmppRegistrationStream() override;

  void Open(Completion<RegistrationForm> done) override;
  void Submit(const RegistrationForm& answer, Completion<bool> done) override;

 private:
  bool OnStanza(const QDomElement& element) override;
  void OnRegisterAnswer(const QDomElement& iq);
  void CheckEndedLater();
  void Fail(const absl::Status& status);

  const SessionSettings& settings_;
  const std::string server_;
  ConnectionSymptoms symptoms_;
  Completion<RegistrationForm> open_done_;
  Completion<bool> submit_done_;
  QString submit_id_;
  std::unique_ptr<QXmppClient> client_;
  // Owned by client_.
  PartExtension* extension_ = nullptr;
  /// Lives as long as the stream; functions for later belong to it.
  QObject context_;
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_SESSION_REGISTRATION_STREAM_H_
