#ifndef CHATWIRE_XMPP_SERVICE_SESSION_FAILURE_MAPPER_H_
#define CHATWIRE_XMPP_SERVICE_SESSION_FAILURE_MAPPER_H_

#include <QXmppClient.h>
#include <QXmppError.h>

#include <QString>
#include <optional>

#include "xmpp-service/domain/connection.h"

namespace chatwire::xmpp {

/// What QXmpp said about one connection. It says it in several places, and of a server without TLS
/// only in its log.
struct ConnectionSymptoms {
  std::optional<QXmppError> error;
  /// The first certificate error, as Qt words it.
  QString certificate_error;
  /// The server offered no TLS.
  bool tls_missing = false;
  /// The server could not check the password now (RFC 6120, section 6.5.10).
  bool temporary_auth_failure = false;
  /// The session had been up.
  bool was_up = false;
  /// The SASL mechanism that was chosen, and the one below which none will do, if any.
  QString mechanism;
  std::string required_mechanism;
  /// Where it connects, or last tried to: `host:port`.
  QString address;
};

/// Has @p symptoms learn what @p client says from now on, until the session is up. Both outlive
/// @p context.
void CollectSymptoms(QXmppClient& client, QObject& context, ConnectionSymptoms& symptoms);

/// Why the connection ended, and whether trying again can help.
ConnectionFailure ToFailure(const ConnectionSymptoms& symptoms);

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_SESSION_FAILURE_MAPPER_H_
