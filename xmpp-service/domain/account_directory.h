#ifndef CHATWIRE_XMPP_SERVICE_DOMAIN_ACCOUNT_DIRECTORY_H_
#define CHATWIRE_XMPP_SERVICE_DOMAIN_ACCOUNT_DIRECTORY_H_

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <map>
#include <memory>
#include <set>
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

  /// Changes the password with the server, then the stored one. The errors are those of
  /// AccountService.ChangePassword.
  void ChangePassword(const std::string& account, const std::string& password,
                      Completion<bool> done);

  /// Deletes the account with the server, makes sure that it is gone, and forgets it as Logout
  /// does. The errors are those of AccountService.DeleteAccount.
  void Delete(const std::string& account, Completion<bool> done);

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

  /// An account that nobody else changes meanwhile.
  struct Claimed {
    Agent agent;
    StoredAccount stored;
  };
  /// Errors: ACCOUNT_NOT_FOUND, ACCOUNT_BUSY, SHUTTING_DOWN.
  absl::StatusOr<Claimed> Claim(const std::string& account);
  /// @p done, after which the account is free again.
  Completion<bool> Releasing(const std::string& account, Completion<bool> done);
  /// Changes what is stored of the account, and stores it.
  void Edit(const std::string& account, absl::AnyInvocable<void(StoredAccount&)> edit,
            Completion<bool> done);

  void AskForPassword(const Agent& agent, const std::string& password, Completion<bool> done);
  void OnPasswordAnswer(const Agent& agent, const std::string& password,
                        const absl::StatusOr<bool>& answer, Completion<bool> done);
  /// Has @p agent find out which of the two passwords the server has, at its next login.
  void ExpectPassword(const Agent& agent, const std::string& password);

  void AskForDeletion(const Agent& agent, Completion<bool> done);
  /// Tries to sign @p account in beside its own session.
  absl::StatusOr<Agent> MakeProbe(const std::string& account);
  /// Whether the server lets the account in. Completes with OK once it is forgotten.
  void ConfirmDeletion(const Agent& agent, int attempts_left, Completion<bool> done);
  void OnDeletionProbed(const Agent& agent, const Connection& connection, int attempts_left,
                        Completion<bool> done);

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
  /// Accounts that are claimed.
  std::set<std::string> busy_ ABSL_GUARDED_BY(mutex_);
  std::condition_variable none_busy_;
  /// What finds out whether an account is gone.
  std::map<std::string, Agent> probes_ ABSL_GUARDED_BY(mutex_);
  /// The first of each is running.
  std::map<std::string, std::deque<Attempt>> attempts_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_DOMAIN_ACCOUNT_DIRECTORY_H_
