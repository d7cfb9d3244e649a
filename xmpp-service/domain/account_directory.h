#ifndef CHATWIRE_XMPP_SERVICE_DOMAIN_ACCOUNT_DIRECTORY_H_
#define CHATWIRE_XMPP_SERVICE_DOMAIN_ACCOUNT_DIRECTORY_H_

#include <cstddef>
#include <deque>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "common/mutex.h"
#include "xmpp-service/domain/account_agent.h"
#include "xmpp-service/domain/login_attempt.h"
#include "xmpp-service/domain/password_vault.h"

namespace chatwire::xmpp {

/// The accounts that are logged in here. Thread-safe.
class AccountDirectory {
 public:
  using Agent = std::shared_ptr<AccountAgent>;

  AccountDirectory(const AgentContext& context, const PasswordVault& vault,
                   size_t maximum_accounts);

  /// Brings stored accounts back, not all in one moment. One whose password cannot be opened is
  /// left out and logged.
  void Restore(const std::vector<StoredAccount>& accounts);

  /// Signs in, and keeps the session. The errors are those of AccountService.Login.
  void Login(LoginRequest request, Completion<Agent> done);

  /// Ends the session and forgets the account. Errors: NOT_FOUND/ACCOUNT_NOT_FOUND.
  void Logout(const std::string& account, Completion<bool> done);

  /// Stores what the account shows, and shows it. Errors: NOT_FOUND/ACCOUNT_NOT_FOUND.
  void SetPresence(const std::string& account, const Presence& presence, Completion<bool> done);

  /// The account's agent. Errors: NOT_FOUND/ACCOUNT_NOT_FOUND.
  absl::StatusOr<Agent> Find(const std::string& account) const;

  /// All of them, ordered by JID.
  std::vector<Agent> List() const;

  /// Ends all sessions and logins, and returns when they are closed, at most after @p timeout. What
  /// is asked for later gets UNAVAILABLE/SHUTTING_DOWN.
  void Shutdown(absl::Duration timeout);

 private:
  using Attempt = std::shared_ptr<LoginAttempt>;

  /// Runs the first attempt for @p account; the others wait for it.
  void RunFirst(const std::string& account);
  void OnDone(const std::string& account);
  void Keep(StoredAccount stored, Agent agent, Completion<bool> done);

  const AgentContext context_;
  const PasswordVault& vault_;
  const size_t maximum_accounts_;
  mutable Mutex mutex_;
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  std::map<std::string, Agent> agents_ ABSL_GUARDED_BY(mutex_);
  std::map<std::string, StoredAccount> stored_ ABSL_GUARDED_BY(mutex_);
  /// The first of each is running.
  std::map<std::string, std::deque<Attempt>> attempts_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_DOMAIN_ACCOUNT_DIRECTORY_H_
