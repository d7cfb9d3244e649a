#include "tests/component/xmpp-service/fake_sessions.h"

#include <utility>

#include "xmpp-service/domain/errors.h"
#include "xmpp-service/domain/stanza_status.h"

namespace chatwire::xmpp {

class FakeXmppServer::FakeSession final : public Session, private AccountPort {
 public:
  FakeSession(FakeXmppServer& server, Executor& executor, SessionCredentials credentials,
              SessionListener* listener)
      : server_(server),
        executor_(executor),
        account_(credentials.jid.Bare()),
        key_(account_ + "/" + credentials.resource),
        listener_(listener) {}

  ~FakeSession() override { Leave(); }

  void Connect(const std::string& password, const Presence& presence) override {
    std::optional<ConnectionFailure> failure;
    std::vector<Contact> roster;
    {
      MutexLock lock(server_.mutex_);
      failure = server_.failure_;
      const auto known = server_.passwords_.find(account_);
      if (!failure.has_value() &&
          (known == server_.passwords_.end() || known->second != password)) {
        failure = ConnectionFailure{FailureReason::kWrongPassword, "refused", true};
      }
      if (!failure.has_value()) {
        server_.online_[key_] = this;
        server_.shown_[account_].push_back(presence);
        roster = server_.rosters_[account_];
      }
    }
    Later([this, failure, roster]() mutable {
      if (failure.has_value()) {
        listener_->OnDisconnected(*failure);
        return;
      }
      up_ = true;
      listener_->OnRoster(std::move(roster));
      listener_->OnConnected(false);
    });
  }

  void Abort() override { End({FailureReason::kStreamError, "aborted", false}); }
  void Close() override { End({FailureReason::kStreamError, "closed", false}); }

  void Send(const OutgoingMessage& message, Completion<bool> done) override {
    bool acknowledged = false;
    {
      MutexLock lock(server_.mutex_);
      server_.sent_[account_].push_back(message.body);
      server_.stanzas_[account_].push_back(message);
      acknowledged = server_.acknowledges_;
    }
    if (acknowledged) {
      done(true);
    } else {
      unacknowledged_.push_back(std::move(done));
    }
  }
  void SendChatState(const std::string&, ChatState) override {}
  void SendReceipt(const IncomingMessage& message) override {
    MutexLock lock(server_.mutex_);
    server_.receipts_[account_].push_back(message.id);
  }
  void SendPresence(const Presence& presence) override {
    MutexLock lock(server_.mutex_);
    server_.shown_[account_].push_back(presence);
  }
  void Ping(Completion<bool> done) override { done(true); }
  void QueryArchive(const ArchiveQuery&, Completion<ArchivePage> done) override {
    ArchivePage page;
    page.complete = true;
    done(std::move(page));
  }

  SessionPorts ports() override {
    MutexLock lock(server_.mutex_);
    SessionPorts ports = server_.ports_;
    ports.roster = &server_.roster_;
    ports.account = this;
    return ports;
  }

  /// Any thread.
  void Subscribe(IncomingSubscription subscription) {
    Later([this, subscription = std::move(subscription)]() mutable {
      if (up_) listener_->OnSubscription(std::move(subscription));
    });
  }
  void Deliver(IncomingMessage message) {
    Later([this, message = std::move(message)]() mutable {
      if (up_) listener_->OnMessage(std::move(message));
    });
  }
  void End(ConnectionFailure failure) {
    Leave();
    Later([this, failure = std::move(failure)] {
      if (!std::exchange(up_, false)) return;
      for (auto& done : std::exchange(unanswered_, {})) done(SessionOffline(account_));
      listener_->OnDisconnected(failure);
    });
  }

 private:
  void ChangePassword(const std::string& password, Completion<bool> done) override {
    Obey([password](auto& passwords, const std::string& account) { passwords[account] = password; },
         std::move(done));
  }
  void Delete(Completion<bool> done) override {
    Obey([](auto& passwords, const std::string& account) { passwords.erase(account); },
         std::move(done));
  }

  template <typename Change>
  void Obey(Change change, Completion<bool> done) {
    AccountBehaviour behaviour{};
    {
      MutexLock lock(server_.mutex_);
      behaviour = server_.behaviour_;
      ++server_.account_requests_;
      if (behaviour == AccountBehaviour::kObeys || behaviour == AccountBehaviour::kObeysSilently) {
        change(server_.passwords_, account_);
      }
    }
    if (behaviour == AccountBehaviour::kRefuses) {
      done(StanzaErrorStatus({"not-allowed", "no"}));
    } else if (behaviour == AccountBehaviour::kObeys || behaviour == AccountBehaviour::kLies) {
      done(true);
    } else {
      unanswered_.push_back(std::move(done));
    }
  }

  void Leave() {
    MutexLock lock(server_.mutex_);
    const auto online = server_.online_.find(key_);
    if (online != server_.online_.end() && online->second == this) server_.online_.erase(online);
  }

  template <typename Function>
  void Later(Function function) {
    executor_.Post([alive = std::weak_ptr<char>(alive_), function = std::move(function)]() mutable {
      if (!alive.expired()) function();
    });
  }

  FakeXmppServer& server_;
  Executor& executor_;
  const std::string account_;
  const std::string key_;
  SessionListener* const listener_;
  bool up_ = false;
  std::vector<Completion<bool>> unacknowledged_;
  std::vector<Completion<bool>> unanswered_;
  std::shared_ptr<char> alive_ = std::make_shared<char>();
};

/// Asks what it was told to, and knows only conflicts.
class FakeXmppServer::FakeRegistration final : public RegistrationStream {
 public:
  FakeRegistration(FakeXmppServer& server, std::string domain)
      : server_(server), domain_(std::move(domain)) {}

  void Open(Completion<RegistrationForm> done) override {
    MutexLock lock(server_.mutex_);
    if (server_.form_.fields.empty()) {
      done(RegistrationClosed(domain_));
    } else {
      done(server_.form_);
    }
  }

  void Submit(const RegistrationForm& answer, Completion<bool> done) override {
    std::map<std::string, std::string> values;
    for (const FormField& field : answer.fields) values[field.name] = field.values.at(0);
    MutexLock lock(server_.mutex_);
    const bool is_new =
        server_.passwords_.emplace(values["username"] + "@" + domain_, values["password"]).second;
    if (is_new) {
      done(true);
    } else {
      done(StanzaErrorStatus({"conflict", ""}));
    }
  }

 private:
  FakeXmppServer& server_;
  const std::string domain_;
};

std::unique_ptr<RegistrationStream> FakeXmppServer::MakeRegistration(const std::string& server) {
  return std::make_unique<FakeRegistration>(*this, server);
}

void FakeXmppServer::SetAccountBehaviour(AccountBehaviour behaviour) {
  MutexLock lock(mutex_);
  behaviour_ = behaviour;
}

void FakeXmppServer::SetRegistrationForm(RegistrationForm form) {
  MutexLock lock(mutex_);
  form_ = std::move(form);
}

int FakeXmppServer::account_requests() const {
  MutexLock lock(mutex_);
  return account_requests_;
}

std::string FakeXmppServer::PasswordOf(const std::string& account) const {
  MutexLock lock(mutex_);
  const auto known = passwords_.find(account);
  return known == passwords_.end() ? std::string() : known->second;
}

void FakeXmppServer::SetPassword(const std::string& account, const std::string& password) {
  MutexLock lock(mutex_);
  passwords_[account] = password;
}

void FakeXmppServer::SetFailure(std::optional<ConnectionFailure> failure) {
  MutexLock lock(mutex_);
  failure_ = std::move(failure);
}

void FakeXmppServer::SetAcknowledges(bool acknowledges) {
  MutexLock lock(mutex_);
  acknowledges_ = acknowledges;
}

void FakeXmppServer::SetPorts(const SessionPorts& ports) {
  MutexLock lock(mutex_);
  ports_ = ports;
}

bool FakeXmppServer::Deliver(const std::string& account, IncomingMessage message) {
  MutexLock lock(mutex_);
  const auto session = online_.lower_bound(account + "/");
  if (session == online_.end() || session->first.rfind(account + "/", 0) != 0) return false;
  session->second->Deliver(std::move(message));
  return true;
}

bool FakeXmppServer::Subscribe(const std::string& account, IncomingSubscription subscription) {
  MutexLock lock(mutex_);
  const auto session = online_.lower_bound(account + "/");
  if (session == online_.end() || session->first.rfind(account + "/", 0) != 0) return false;
  session->second->Subscribe(std::move(subscription));
  return true;
}

void FakeXmppServer::SetRoster(const std::string& account, std::vector<Contact> contacts) {
  MutexLock lock(mutex_);
  rosters_[account] = std::move(contacts);
}

void FakeXmppServer::Break(const std::string& account, ConnectionFailure failure) {
  FakeSession* session = nullptr;
  {
    MutexLock lock(mutex_);
    const auto online = online_.lower_bound(account + "/");
    if (online == online_.end()) return;
    session = online->second;
  }
  // On its own thread, where it cannot be destroyed meanwhile.
  thread_.Post([session, failure = std::move(failure)] { session->End(failure); });
}

std::vector<std::string> FakeXmppServer::Sent(const std::string& account) const {
  MutexLock lock(mutex_);
  const auto sent = sent_.find(account);
  return sent == sent_.end() ? std::vector<std::string>() : sent->second;
}

std::vector<OutgoingMessage> FakeXmppServer::Stanzas(const std::string& account) const {
  MutexLock lock(mutex_);
  const auto stanzas = stanzas_.find(account);
  return stanzas == stanzas_.end() ? std::vector<OutgoingMessage>() : stanzas->second;
}

std::vector<std::string> FakeXmppServer::Receipts(const std::string& account) const {
  MutexLock lock(mutex_);
  const auto receipts = receipts_.find(account);
  return receipts == receipts_.end() ? std::vector<std::string>() : receipts->second;
}

std::vector<Presence> FakeXmppServer::Shown(const std::string& account) const {
  MutexLock lock(mutex_);
  const auto shown = shown_.find(account);
  return shown == shown_.end() ? std::vector<Presence>() : shown->second;
}

bool FakeXmppServer::IsOnline(const std::string& account) const {
  MutexLock lock(mutex_);
  const auto session = online_.lower_bound(account + "/");
  return session != online_.end() && session->first.rfind(account + "/", 0) == 0;
}

std::unique_ptr<Session> FakeXmppServer::Make(Executor& executor, SessionCredentials credentials,
                                              SessionListener* listener) {
  return std::make_unique<FakeSession>(*this, executor, std::move(credentials), listener);
}

}  // namespace chatwire::xmpp
