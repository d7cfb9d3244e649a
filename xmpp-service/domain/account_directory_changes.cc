// What the directory changes of an account with its server: the password, and that there is one.
#include <utility>

#include "absl/log/log.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/error.h"
#include "common/uuid.h"
#include "xmpp-service/domain/account_directory.h"
#include "xmpp-service/domain/account_port.h"
#include "xmpp-service/domain/errors.h"

namespace chatwire::xmpp {
namespace {

// A server may answer before it has deleted everything.
constexpr int kDeletionProbes = 3;

/// The server has refused: nothing has changed.
bool IsRefusal(const absl::Status& status) { return absl::StartsWith(ReasonOf(status), "XMPP_"); }

absl::Status NotDeleted(const std::string& account) {
  return Error(
      absl::StatusCode::kAborted, "ACCOUNT_NOT_DELETED",
      absl::StrCat("the server still lets ", account, " in; nothing is removed, try again"));
}

absl::Status Unconfirmed(const std::string& account, const Connection& connection) {
  const std::string why =
      connection.failure.has_value() ? connection.failure->message : "the service is stopping";
  return Error(absl::StatusCode::kUnavailable, "DELETION_UNCONFIRMED",
               absl::StrCat("the server was asked to delete ", account,
                            ", but cannot be reached to see whether it has (", why,
                            "); nothing is removed here, try again"));
}

/// Runs @p ask on the account's executor. Errors: SESSION_OFFLINE.
template <typename Ask>
void WithAccountPort(const AccountDirectory::Agent& agent, Ask ask, Completion<bool> offline) {
  agent->UseSession([account = agent->account(), ask = std::move(ask),
                     offline = std::move(offline)](absl::StatusOr<Session*> session) mutable {
    AccountPort* port = session.ok() ? (*session)->ports().account : nullptr;
    if (port == nullptr) {
      offline(session.ok() ? SessionOffline(account) : session.status());
    } else {
      ask(*port);
      offline(true);
    }
  });
}

}  // namespace

absl::StatusOr<AccountDirectory::Claimed> AccountDirectory::Claim(const std::string& account) {
  MutexLock lock(mutex_);
  if (stopping_) return ShuttingDown();
  const auto agent = agents_.find(account);
  if (agent == agents_.end()) return AccountNotFound(account);
  if (!busy_.insert(account).second) {
    return Error(
        absl::StatusCode::kAborted, "ACCOUNT_BUSY",
        absl::StrCat("another ChangePassword or DeleteAccount of ", account, " is running"));
  }
  return Claimed{agent->second, stored_[account]};
}

Completion<bool> AccountDirectory::Releasing(const std::string& account, Completion<bool> done) {
  return Completion<bool>([this, account, done = std::move(done)](auto result) mutable {
    {
      MutexLock lock(mutex_);
      busy_.erase(account);
      probes_.erase(account);
      if (busy_.empty()) none_busy_.notify_all();
    }
    done(std::move(result));
  });
}

void AccountDirectory::Edit(const std::string& account,
                            absl::AnyInvocable<void(StoredAccount&)> edit, Completion<bool> done) {
  StoredAccount copy;
  bool known = false;
  {
    MutexLock lock(mutex_);
    const auto stored = stored_.find(account);
    known = stored != stored_.end();
    if (known) {
      edit(stored->second);
      copy = stored->second;
    }
  }
  if (known) {
    context_.store.SaveAccount(std::move(copy), std::move(done));
  } else {
    done(AccountNotFound(account));
  }
}

void AccountDirectory::ChangePassword(const std::string& account, const std::string& password,
                                      Completion<bool> done) {
  const auto claimed = Claim(account);
  if (!claimed.ok()) {
    done(claimed.status());
    return;
  }
  // Before the server is asked: whoever dies afterwards knows both.
  Edit(
      account,
      [sealed = vault_.Seal(account, password)](StoredAccount& stored) {
        stored.sealed_next_password = sealed;
      },
      Completion<bool>([this, agent = claimed->agent, password,
                        done = Releasing(account, std::move(done))](const auto& stored) mutable {
        if (stored.ok()) {
          AskForPassword(agent, password, std::move(done));
        } else {
          done(stored.status());
        }
      }));
}

void AccountDirectory::AskForPassword(const Agent& agent, const std::string& password,
                                      Completion<bool> done) {
  auto shared = std::make_shared<Completion<bool>>(std::move(done));
  WithAccountPort(
      agent,
      [this, agent, password, shared](AccountPort& port) {
        ExpectPassword(agent, password);
        port.ChangePassword(password,
                            Completion<bool>([this, agent, password, shared](const auto& answer) {
                              OnPasswordAnswer(agent, password, answer, std::move(*shared));
                            }));
      },
      Completion<bool>([this, agent, shared](const auto& asked) {
        if (asked.ok()) return;
        // Nobody was asked, so there is nothing to find out.
        Edit(
            agent->account(), [](StoredAccount& stored) { stored.sealed_next_password.clear(); },
            Completion<bool>(
                [shared, status = asked.status()](const auto&) { (*shared)(status); }));
      }));
}

void AccountDirectory::OnPasswordAnswer(const Agent& agent, const std::string& password,
                                        const absl::StatusOr<bool>& answer, Completion<bool> done) {
  if (answer.ok()) {
    agent->TakePassword(password);
    Edit(
        agent->account(),
        [sealed = vault_.Seal(agent->account(), password)](StoredAccount& stored) {
          stored.sealed_password = sealed;
          stored.sealed_next_password.clear();
        },
        std::move(done));
  } else if (IsRefusal(answer.status())) {
    agent->ExpectPassword("", {});
    Edit(
        agent->account(), [](StoredAccount& stored) { stored.sealed_next_password.clear(); },
        Completion<bool>([status = answer.status(), done = std::move(done)](const auto&) mutable {
          done(status);
        }));
  } else {
    done(answer.status());
  }
}

void AccountDirectory::ExpectPassword(const Agent& agent, const std::string& password) {
  agent->ExpectPassword(
      password, Completion<std::string>([this, account = agent->account()](const auto& settled) {
        if (!settled.ok()) return;
        LOG(INFO) << account << ": it is settled which password the server has";
        Edit(
            account,
            [sealed = vault_.Seal(account, *settled)](StoredAccount& stored) {
              stored.sealed_password = sealed;
              stored.sealed_next_password.clear();
            },
            Completion<bool>([account](const auto& stored) {
              if (!stored.ok()) {
                LOG(ERROR) << account << ": the password is not stored: " << stored.status();
              }
            }));
      }));
}

void AccountDirectory::Delete(const std::string& account, Completion<bool> done) {
  const auto claimed = Claim(account);
  if (!claimed.ok()) {
    done(claimed.status());
    return;
  }
  auto released = Releasing(account, std::move(done));
  const bool online = claimed->agent->connection().state == ConnectionState::kOnline;
  if (claimed->stored.deleting && !online) {
    // It was asked before, and may have done it.
    ConfirmDeletion(claimed->agent, 1, std::move(released));
    return;
  }
  Edit(
      account, [](StoredAccount& stored) { stored.deleting = true; },
      Completion<bool>([this, agent = claimed->agent,
                        released = std::move(released)](const auto& stored) mutable {
        if (stored.ok()) {
          AskForDeletion(agent, std::move(released));
        } else {
          released(stored.status());
        }
      }));
}

void AccountDirectory::AskForDeletion(const Agent& agent, Completion<bool> done) {
  auto shared = std::make_shared<Completion<bool>>(std::move(done));
  auto not_asked = [this, agent, shared](const absl::Status& status) {
    Edit(
        agent->account(), [](StoredAccount& stored) { stored.deleting = false; },
        Completion<bool>([shared, status](const auto&) { (*shared)(status); }));
  };
  WithAccountPort(
      agent,
      [this, agent, shared, not_asked](AccountPort& port) {
        port.Delete(Completion<bool>([this, agent, shared, not_asked](const auto& answer) {
          if (IsRefusal(answer.status())) {
            not_asked(answer.status());
          } else {
            // It has said yes, or the connection has ended: neither proves anything.
            ConfirmDeletion(agent, kDeletionProbes, std::move(*shared));
          }
        }));
      },
      Completion<bool>([not_asked](const auto& asked) {
        if (!asked.ok()) not_asked(asked.status());
      }));
}

absl::StatusOr<AccountDirectory::Agent> AccountDirectory::MakeProbe(const std::string& account) {
  const auto jid = Jid::ParseBare(account);
  if (!jid.ok()) return jid.status();
  MutexLock lock(mutex_);
  if (stopping_) return Unconfirmed(account, {});
  const auto password = vault_.Open(account, stored_[account].sealed_password);
  if (!password.ok()) return password.status();
  StoredAccount checked;
  checked.account = account;
  checked.resource = absl::StrCat("chatwire-check-", RandomUuid().substr(0, 8));
  auto probe = AccountAgent::Make(context_, *jid, checked, *password, AccountAgent::Purpose::kProbe,
                                  /*first_login=*/true);
  probes_[account] = probe;
  return probe;
}

void AccountDirectory::ConfirmDeletion(const Agent& agent, int attempts_left,
                                       Completion<bool> done) {
  const auto probe = MakeProbe(agent->account());
  if (!probe.ok()) {
    done(probe.status());
    return;
  }
  (*probe)->Start(absl::ZeroDuration());
  (*probe)->WaitSettled(Completion<Connection>([this, probe = *probe, agent, attempts_left,
                                                done = std::move(done)](auto connection) mutable {
    probe->Stop({});
    OnDeletionProbed(agent, connection.ok() ? *connection : Connection{}, attempts_left,
                     std::move(done));
  }));
}

void AccountDirectory::OnDeletionProbed(const Agent& agent, const Connection& connection,
                                        int attempts_left, Completion<bool> done) {
  const std::string& account = agent->account();
  const bool refused = connection.state == ConnectionState::kFailed &&
                       connection.failure.has_value() &&
                       connection.failure->reason == FailureReason::kWrongPassword;
  if (refused) {
    Logout(account, std::move(done));
  } else if (connection.state != ConnectionState::kOnline) {
    done(Unconfirmed(account, connection));
  } else if (attempts_left > 1) {
    agent->After(absl::Seconds(1), [this, agent, attempts_left, done = std::move(done)]() mutable {
      ConfirmDeletion(agent, attempts_left - 1, std::move(done));
    });
  } else {
    Edit(
        account, [](StoredAccount& stored) { stored.deleting = false; },
        Completion<bool>(
            [account, done = std::move(done)](const auto&) mutable { done(NotDeleted(account)); }));
  }
}

}  // namespace chatwire::xmpp
