#ifndef CHATWIRE_XMPP_SERVICE_DOMAIN_CONNECTION_POLICY_H_
#define CHATWIRE_XMPP_SERVICE_DOMAIN_CONNECTION_POLICY_H_

#include "absl/time/time.h"
#include "common/backoff.h"
#include "common/clock.h"
#include "xmpp-service/domain/connection.h"

namespace chatwire::xmpp {

/// Decides when an account connects: its supervisor, as a state machine that does nothing by
/// itself.
///
/// The account agent tells it what happened and does what it then says. A session that stayed
/// online for a minute proves that all is well: the next wait is short again. A permanent failure
/// ends the attempts. Not thread-safe.
class ConnectionPolicy {
 public:
  ConnectionPolicy(const Clock& clock, Backoff backoff);

  const Connection& connection() const { return connection_; }

  /// Wants the session. Makes it CONNECTING, whatever it was.
  void Start();
  /// The session is up and caught up with.
  void Online(bool resumed);
  /// The session is gone, or did not come up: BACKING_OFF or FAILED.
  void Lost(const ConnectionFailure& failure);
  /// The session is not wanted any more.
  void Stop();

  /// Turns BACKING_OFF into CONNECTING once `next_attempt_time` has come. Whether it did.
  bool Retry();

 private:
  void Enter(ConnectionState state);

  const Clock& clock_;
  Backoff backoff_;
  Connection connection_;
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_DOMAIN_CONNECTION_POLICY_H_
