#include "xmpp-service/domain/account_directory.h"

#include <condition_variable>
#include <utility>

#include "absl/log/log.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "xmpp-service/domain/errors.h"

namespace chatwire::xmpp {
namespace {

// A thousand accounts come back within 20 s, and do not all knock at once.
constexpr absl::Duration kRestoreStep = absl::Milliseconds(20);

absl::Status TooManyAccounts(size_t maximum) {
  return Error(
      absl::StatusCode::kResourceExhausted, "TOO_MANY_ACCOUNTS",
      absl::StrCat("this service hosts at most ", maximum, " accounts; log one out first"));
}

/// Counts down on any thread.
class Countdown {
 public:
  explicit Countdown(size_t count) : left_(count) {}

  void Down() {
    MutexLock lock(mutex_);
    if (--left_ == 0) zero_.notify_all();
  }

  void WaitFor(absl::Duration timeout) {
    MutexLock lock(mutex_);
    zero_.wait_for(lock.native(), absl::ToChronoMilliseconds(timeout),
                   [this] { return left_ == 0; });
  }

 private:
  Mutex mutex_;
  std::condition_variable zero_;
  size_t left_;
};

}  // namespace

AccountDirectory::AccountDirectory(const AgentContext& context, const PasswordVault& vault,
                                   size_t maximum_accounts)
    : context_(context), vault_(vault), maximum_accounts_(maximum_accounts) {}

void AccountDirectory::Restore(const std::vector<StoredAccount>& accounts) {
  absl::Duration delay;
  for (const StoredAccount& stored : accounts) {
    const auto jid = Jid::ParseBare(stored.account);
    const auto password = vault_.Open(stored.account, stored.sealed_password);
    if (!jid.ok() || !password.ok()) {
      LOG(ERROR) << stored.account << ": cannot be brought back, log in again: "
                 << (jid.ok() ? password.status() : jid.status());
      continue;
    }
    auto agent = AccountAgent::Make(context_, *jid, stored, *password, AccountAgent::Purpose::kHost,
                                    /*first_login=*/false);
    {
      MutexLock lock(mutex_);
      agents_[stored.account] = agent;
      stored_[stored.account] = stored;
    }
    const auto next = vault_.Open(stored.account, stored.sealed_next_password);
    if (!stored.sealed_next_password.empty() && next.ok()) ExpectPassword(agent, *next);
    agent->Start(delay);
    delay += kRestoreStep;
  }
}

void AccountDirectory::Login(LoginRequest request, Completion<Agent> done) {
  const std::string account = request.jid.Bare();
  auto attempt = std::make_shared<LoginAttempt>(
      context_, vault_, std::move(request),
      [this](StoredAccount stored, Agent agent, Completion<bool> kept) {
        Keep(std::move(stored), std::move(agent), std::move(kept));
      },
      Completion<Agent>([this, account, done = std::move(done)](auto result) mutable {
        OnDone(account);
        done(std::move(result));
      }));
  bool stopping = false;
  bool first = false;
  {
    MutexLock lock(mutex_);
    stopping = stopping_;
    auto& attempts = attempts_[account];
    attempts.push_back(attempt);
    first = attempts.size() == 1;
  }
  if (stopping) {
    attempt->Fail(ShuttingDown());
  } else if (first) {
    RunFirst(account);
  }
}

void AccountDirectory::RunFirst(const std::string& account) {
  Attempt attempt;
  Agent known;
  StoredAccount stored;
  bool full = false;
  {
    MutexLock lock(mutex_);
    const auto attempts = attempts_.find(account);
    if (attempts == attempts_.end()) return;
    attempt = attempts->second.front();
    const auto agent = agents_.find(account);
    if (agent != agents_.end()) {
      known = agent->second;
      stored = stored_[account];
    }
    // Logins under way count, so that many at once cannot pass the limit together.
    full = agents_.size() + attempts_.size() > maximum_accounts_;
  }
  if (known != nullptr) {
    attempt->RunKnown(known, std::move(stored));
  } else if (full) {
    attempt->Fail(TooManyAccounts(maximum_accounts_));
  } else {
    attempt->RunNew();
  }
}

void AccountDirectory::OnDone(const std::string& account) {
  Attempt finished;
  {
    MutexLock lock(mutex_);
    const auto attempts = attempts_.find(account);
    if (attempts == attempts_.end()) return;
    finished = std::move(attempts->second.front());
    attempts->second.pop_front();
    if (attempts->second.empty()) {
      attempts_.erase(attempts);
      return;
    }
  }
  RunFirst(account);
}

void AccountDirectory::Keep(StoredAccount stored, Agent agent, Completion<bool> done) {
  StoredAccount copy = stored;
  context_.store.SaveAccount(
      std::move(copy), Completion<bool>([this, stored = std::move(stored), agent = std::move(agent),
                                         done = std::move(done)](auto saved) mutable {
        if (saved.ok()) {
          MutexLock lock(mutex_);
          agents_[stored.account] = agent;
          stored_[stored.account] = std::move(stored);
        }
        done(std::move(saved));
      }));
}

void AccountDirectory::Logout(const std::string& account, Completion<bool> done) {
  Agent agent;
  {
    MutexLock lock(mutex_);
    const auto found = agents_.find(account);
    if (found != agents_.end()) {
      agent = std::move(found->second);
      agents_.erase(found);
      stored_.erase(account);
    }
  }
  if (agent == nullptr) {
    done(AccountNotFound(account));
    return;
  }
  agent->Stop(Completion<bool>([this, account, done = std::move(done)](const auto&) mutable {
    // Nobody is to wait for the server's word on what is not going to be sent.
    context_.waiters.End(account, AccountNotFound(account));
    context_.store.RemoveAccount(account, std::move(done));
  }));
}

void AccountDirectory::SetPresence(const std::string& account, const Presence& presence,
                                   Completion<bool> done) {
  const auto agent = Find(account);
  if (!agent.ok()) {
    done(agent.status());
    return;
  }
  StoredAccount stored;
  {
    MutexLock lock(mutex_);
    StoredAccount& entry = stored_[account];
    entry.presence = presence;
    stored = entry;
  }
  context_.store.SaveAccount(
      std::move(stored),
      Completion<bool>([agent = *agent, presence, done = std::move(done)](auto saved) mutable {
        if (saved.ok()) agent->SetPresence(presence);
        done(std::move(saved));
      }));
}

absl::StatusOr<AccountDirectory::Agent> AccountDirectory::Find(const std::string& account) const {
  MutexLock lock(mutex_);
  if (stopping_) return ShuttingDown();
  const auto found = agents_.find(account);
  if (found == agents_.end()) return AccountNotFound(account);
  return found->second;
}

std::vector<AccountDirectory::Agent> AccountDirectory::List() const {
  std::vector<Agent> agents;
  MutexLock lock(mutex_);
  for (const auto& [account, agent] : agents_) agents.push_back(agent);
  return agents;
}

void AccountDirectory::Shutdown(absl::Duration timeout) {
  std::vector<Attempt> attempts;
  std::map<std::string, Agent> agents;
  {
    MutexLock lock(mutex_);
    stopping_ = true;
    for (const auto& [account, queue] : attempts_) {
      attempts.insert(attempts.end(), queue.begin(), queue.end());
    }
    agents.swap(agents_);
    for (const auto& [account, probe] : probes_) probe->Stop({});
  }
  for (const Attempt& attempt : attempts) attempt->Fail(ShuttingDown());
  auto countdown = std::make_shared<Countdown>(agents.size() + 1);
  for (const auto& [account, agent] : agents) {
    agent->Stop(Completion<bool>([countdown](const auto&) { countdown->Down(); }));
  }
  agents.clear();
  countdown->Down();
  countdown->WaitFor(timeout);
  // What works on an account still needs the directory.
  MutexLock lock(mutex_);
  none_busy_.wait_for(lock.native(), absl::ToChronoMilliseconds(timeout),
                      [this]() ABSL_NO_THREAD_SAFETY_ANALYSIS { return busy_.empty(); });
}

}  // namespace chatwire::xmpp
