#ifndef CHATWIRE_XMPP_SERVICE_DOMAIN_LOGIN_ATTEMPT_H_
#define CHATWIRE_XMPP_SERVICE_DOMAIN_LOGIN_ATTEMPT_H_

#include <functional>
#include <memory>
#include <string>

#include "common/completion.h"
#include "common/mutex.h"
#include "xmpp-service/domain/account_agent.h"
#include "xmpp-service/domain/password_vault.h"

namespace chatwire::xmpp {

/// What Login asks for, checked.
struct LoginRequest {
  Jid jid;
  std::string password;
  /// Empty: one is made.
  std::string resource;
};

/// One login on its way: asks the server, then has the account stored. Thread-safe.
///
/// A new account's session is the one that is kept. For an account that is here already, a password
/// other than the stored one is tried on a second connection, so that a wrong one does no harm.
class LoginAttempt : public std::enable_shared_from_this<LoginAttempt> {
 public:
  using Agent = std::shared_ptr<AccountAgent>;

  /// Runs once with the result.
  using Done = Completion<Agent>;
  /// The server has accepted this: store it and take the agent in (a second time for one that is
  /// known).
  using Keep = std::function<void(StoredAccount, Agent, Completion<bool>)>;

  LoginAttempt(const AgentContext& context, const PasswordVault& vault, LoginRequest request,
               Keep keep, Done done);

  std::string account() const { return request_.jid.Bare(); }

  /// For an account that is not here yet.
  void RunNew();
  /// For one that is.
  void RunKnown(const Agent& agent, StoredAccount stored);
  /// Completes at once. Idempotent.
  void Fail(const absl::Status& status);

 private:
  void OnNewSettled(const Agent& agent, const Connection& connection);
  void Probe(const Agent& agent);
  void OnProbeSettled(const Agent& probe, const Agent& agent, const Connection& connection);
  void RestartKnown(const Agent& agent);
  void Finish(absl::StatusOr<Agent> result);

  const AgentContext context_;
  const PasswordVault& vault_;
  const LoginRequest request_;
  const Keep keep_;
  Mutex mutex_;
  StoredAccount stored_ ABSL_GUARDED_BY(mutex_);
  /// Is not the directory's (yet), so a failure has to stop it.
  Agent own_agent_ ABSL_GUARDED_BY(mutex_);
  Done done_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_DOMAIN_LOGIN_ATTEMPT_H_
