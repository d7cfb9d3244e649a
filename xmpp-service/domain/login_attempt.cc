#include "xmpp-service/domain/login_attempt.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "common/uuid.h"
#include "xmpp-service/domain/errors.h"

namespace chatwire::xmpp {
namespace {

constexpr size_t kRandomCharacters = 8;

std::string RandomResource(absl::string_view prefix) {
  return absl::StrCat(prefix, RandomUuid().substr(0, kRandomCharacters));
}

absl::Status FailureOf(const Connection& connection) {
  return connection.failure.has_value() ? LoginError(*connection.failure) : ShuttingDown();
}

}  // namespace

LoginAttempt::LoginAttempt(const AgentContext& context, const PasswordVault& vault,
                           LoginRequest request, Keep keep, Done done)
    : context_(context),
      vault_(vault),
      request_(std::move(request)),
      keep_(std::move(keep)),
      done_(std::move(done)) {}

void LoginAttempt::RunNew() {
  StoredAccount stored;
  stored.account = account();
  stored.resource = request_.resource.empty() ? RandomResource("chatwire-") : request_.resource;
  stored.sealed_password = vault_.Seal(stored.account, request_.password);
  stored.create_time = context_.clock.Now();
  auto agent = AccountAgent::Make(context_, request_.jid, stored, request_.password,
                                  AccountAgent::Purpose::kHost, /*first_login=*/true);
  {
    MutexLock lock(mutex_);
    stored_ = std::move(stored);
    own_agent_ = agent;
  }
  agent->Start(absl::ZeroDuration());
  agent->WaitSettled(Completion<Connection>([self = shared_from_this(), agent](auto connection) {
    self->OnNewSettled(agent, connection.ok() ? *connection : Connection{});
  }));
}

void LoginAttempt::OnNewSettled(const Agent& agent, const Connection& connection) {
  if (connection.state != ConnectionState::kOnline) {
    Finish(FailureOf(connection));
    return;
  }
  StoredAccount stored;
  {
    MutexLock lock(mutex_);
    stored = stored_;
  }
  keep_(std::move(stored), agent,
        Completion<bool>([self = shared_from_this(), agent](const auto& kept) {
          if (!kept.ok()) {
            self->Finish(kept.status());
            return;
          }
          {
            MutexLock lock(self->mutex_);
            self->own_agent_.reset();
          }
          agent->Confirm();
          self->Finish(agent);
        }));
}

void LoginAttempt::RunKnown(const Agent& agent, StoredAccount stored) {
  const auto old_password = vault_.Open(stored.account, stored.sealed_password);
  const bool same = old_password.ok() && vault_.Equal(*old_password, request_.password);
  {
    MutexLock lock(mutex_);
    stored_ = std::move(stored);
  }
  if (!same) {
    Probe(agent);
  } else if (agent->connection().state == ConnectionState::kOnline) {
    Finish(agent);
  } else {
    RestartKnown(agent);
  }
}

void LoginAttempt::Probe(const Agent& agent) {
  StoredAccount stored;
  stored.account = account();
  stored.resource = RandomResource("chatwire-check-");
  auto probe = AccountAgent::Make(context_, request_.jid, stored, request_.password,
                                  AccountAgent::Purpose::kProbe, /*first_login=*/true);
  {
    MutexLock lock(mutex_);
    own_agent_ = probe;
  }
  probe->Start(absl::ZeroDuration());
  probe->WaitSettled(
      Completion<Connection>([self = shared_from_this(), probe, agent](auto connection) {
        self->OnProbeSettled(probe, agent, connection.ok() ? *connection : Connection{});
      }));
}

void LoginAttempt::OnProbeSettled(const Agent& probe, const Agent& agent,
                                  const Connection& connection) {
  if (connection.state != ConnectionState::kOnline) {
    Finish(FailureOf(connection));
    return;
  }
  probe->Stop({});
  StoredAccount stored;
  {
    MutexLock lock(mutex_);
    own_agent_.reset();
    stored_.sealed_password = vault_.Seal(stored_.account, request_.password);
    stored_.sealed_next_password.clear();
    stored_.deleting = false;
    stored_.presence = agent->presence();
    stored = stored_;
  }
  keep_(std::move(stored), agent,
        Completion<bool>([self = shared_from_this(), agent](const auto& kept) {
          if (kept.ok()) {
            self->RestartKnown(agent);
          } else {
            self->Finish(kept.status());
          }
        }));
}

void LoginAttempt::RestartKnown(const Agent& agent) {
  agent->Restart(request_.password);
  agent->WaitSettled(
      Completion<Connection>([self = shared_from_this(), agent](const auto& connection) {
        const bool online = connection.ok() && connection->state == ConnectionState::kOnline;
        if (online) {
          self->Finish(agent);
        } else {
          self->Finish(connection.ok() ? FailureOf(*connection) : connection.status());
        }
      }));
}

void LoginAttempt::Fail(const absl::Status& status) { Finish(status); }

void LoginAttempt::Finish(absl::StatusOr<Agent> result) {
  Done done;
  Agent unwanted;
  {
    MutexLock lock(mutex_);
    done = std::move(done_);
    unwanted = std::move(own_agent_);
  }
  if (unwanted != nullptr) unwanted->Stop({});
  done(std::move(result));
}

}  // namespace chatwire::xmpp
