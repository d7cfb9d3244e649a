#ifndef CHATWIRE_TESTS_COMPONENT_XMPP_SERVICE_FAKE_SESSIONS_H_
#define CHATWIRE_TESTS_COMPONENT_XMPP_SERVICE_FAKE_SESSIONS_H_

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "common/mutex.h"
#include "tests/component/xmpp-service/fake_roster.h"
#include "xmpp-service/domain/account_port.h"
#include "xmpp-service/domain/registration.h"
#include "xmpp-service/domain/session.h"
#include "xmpp-service/domain/worker_thread.h"

namespace chatwire::xmpp {

/// What a server does when it is asked to change a password or to delete an account.
enum class AccountBehaviour {
  kObeys,
  kRefuses,
  /// Says yes and does nothing.
  kLies,
  /// Does it, and never answers.
  kObeysSilently,
  /// Neither does it nor answers.
  kIgnores,
};

/// An XMPP server without XMPP: accounts with passwords, and what sessions do with them.
/// Thread-safe.
class FakeXmppServer final : public SessionFactory, public RegistrationStreamFactory {
 public:
  void SetPassword(const std::string& account, const std::string& password);
  /// Every connection fails with this from now on. Not set: it does not.
  void SetFailure(std::optional<ConnectionFailure> failure);
  /// Whether messages are acknowledged.
  void SetAcknowledges(bool acknowledges);

  void SetAccountBehaviour(AccountBehaviour behaviour);
  /// What those who register are asked. Empty: registration is closed.
  void SetRegistrationForm(RegistrationForm form);
  /// How often it was asked to change a password or to delete an account.
  int account_requests() const;
  /// "" where there is no such account.
  std::string PasswordOf(const std::string& account) const;
  /// What sessions can do beyond chatting; used on their executor.
  void SetPorts(const SessionPorts& ports);

  /// Has @p account's session get @p message. False when it has none.
  bool Deliver(const std::string& account, IncomingMessage message);
  /// Has @p account's session hear of a subscription. False when it has none.
  bool Subscribe(const std::string& account, IncomingSubscription subscription);
  /// What sessions ask of rosters.
  FakeRoster& roster() { return roster_; }
  void SetRoster(const std::string& account, std::vector<Contact> contacts);
  /// Breaks the account's session.
  void Break(const std::string& account, ConnectionFailure failure);

  /// Bodies of the messages that @p account has sent.
  std::vector<std::string> Sent(const std::string& account) const;
  /// The same, with all that they carry.
  std::vector<OutgoingMessage> Stanzas(const std::string& account) const;
  /// Ids of the messages for which @p account has sent a receipt.
  std::vector<std::string> Receipts(const std::string& account) const;
  std::vector<Presence> Shown(const std::string& account) const;
  bool IsOnline(const std::string& account) const;

  Executor& NextExecutor() override { return thread_; }
  std::unique_ptr<Session> Make(Executor& executor, SessionCredentials credentials,
                                SessionListener* listener) override;
  Executor& NextRegistrationExecutor() override { return thread_; }
  std::unique_ptr<RegistrationStream> MakeRegistration(const std::string& server) override;

  /// Runs what was posted, and ends the sessions' thread.
  void Stop() { thread_.Stop(); }

 private:
  class FakeSession;
  friend class FakeSession;
  class FakeRegistration;
  friend class FakeRegistration;

  FakeRoster roster_;
  mutable Mutex mutex_;
  std::map<std::string, std::string> passwords_ ABSL_GUARDED_BY(mutex_);
  std::optional<ConnectionFailure> failure_ ABSL_GUARDED_BY(mutex_);
  bool acknowledges_ ABSL_GUARDED_BY(mutex_) = true;
  AccountBehaviour behaviour_ ABSL_GUARDED_BY(mutex_) = AccountBehaviour::kObeys;
  int account_requests_ ABSL_GUARDED_BY(mutex_) = 0;
  RegistrationForm form_ ABSL_GUARDED_BY(mutex_);
  SessionPorts ports_ ABSL_GUARDED_BY(mutex_);
  std::map<std::string, FakeSession*> online_ ABSL_GUARDED_BY(mutex_);
  std::map<std::string, std::vector<std::string>> sent_ ABSL_GUARDED_BY(mutex_);
  std::map<std::string, std::vector<OutgoingMessage>> stanzas_ ABSL_GUARDED_BY(mutex_);
  std::map<std::string, std::vector<std::string>> receipts_ ABSL_GUARDED_BY(mutex_);
  std::map<std::string, std::vector<Presence>> shown_ ABSL_GUARDED_BY(mutex_);
  std::map<std::string, std::vector<Contact>> rosters_ ABSL_GUARDED_BY(mutex_);
  WorkerThread thread_;
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_TESTS_COMPONENT_XMPP_SERVICE_FAKE_SESSIONS_H_
