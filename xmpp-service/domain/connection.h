#ifndef CHATWIRE_XMPP_SERVICE_DOMAIN_CONNECTION_H_
#define CHATWIRE_XMPP_SERVICE_DOMAIN_CONNECTION_H_

#include <optional>
#include <string>

#include "absl/time/time.h"

namespace chatwire::xmpp {

/// Where an account's session stands.
enum class ConnectionState { kOffline, kConnecting, kOnline, kBackingOff, kFailed };

/// Why a session is not up.
enum class FailureReason {
  kWrongPassword,
  kServerUnreachable,
  kTlsFailed,
  kNoSafeLogin,
  /// The server offers only weaker ways to sign in than before.
  kSaslDowngrade,
  kLoginTimeout,
  kConflict,
  kStreamError,
};

/// The reason as the API names it, such as `WRONG_PASSWORD`.
const char* ToString(FailureReason reason);

/// What ended a session, or kept it from coming up.
struct ConnectionFailure {
  FailureReason reason = FailureReason::kServerUnreachable;
  /// For a person. Contains no secret.
  std::string message;
  /// Trying again would not help: only a new Login does.
  bool permanent = false;
};

/// The state of a connection from one moment on.
struct Connection {
  ConnectionState state = ConnectionState::kOffline;
  absl::Time state_time;
  /// Set while backing off and when failed.
  std::optional<ConnectionFailure> failure;
  /// Set while backing off.
  std::optional<absl::Time> next_attempt_time;
  /// Whether the running session continues an older one (XEP-0198).
  bool resumed = false;
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_DOMAIN_CONNECTION_H_
