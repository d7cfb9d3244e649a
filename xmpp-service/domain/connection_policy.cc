#include "xmpp-service/domain/connection_policy.h"

#include <utility>

namespace chatwire::xmpp {
namespace {

constexpr absl::Duration kStableAfter = absl::Seconds(60);

}  // namespace

ConnectionPolicy::ConnectionPolicy(const Clock& clock, Backoff backoff)
    : clock_(clock), backoff_(std::move(backoff)) {
  Enter(ConnectionState::kOffline);
}

void ConnectionPolicy::Start() { Enter(ConnectionState::kConnecting); }

void ConnectionPolicy::Online(bool resumed) {
  Enter(ConnectionState::kOnline);
  connection_.resumed = resumed;
}

void ConnectionPolicy::Lost(const ConnectionFailure& failure) {
  const bool was_stable = connection_.state == ConnectionState::kOnline &&
                          clock_.Now() - connection_.state_time >= kStableAfter;
  if (was_stable) backoff_.Reset();
  Enter(failure.permanent ? ConnectionState::kFailed : ConnectionState::kBackingOff);
  connection_.failure = failure;
  if (!failure.permanent) connection_.next_attempt_time = clock_.Now() + backoff_.Next();
}

void ConnectionPolicy::Stop() { Enter(ConnectionState::kOffline); }

bool ConnectionPolicy::Retry() {
  const bool due = connection_.state == ConnectionState::kBackingOff &&
                   clock_.Now() >= *connection_.next_attempt_time;
  if (due) Enter(ConnectionState::kConnecting);
  return due;
}

void ConnectionPolicy::Enter(ConnectionState state) {
  connection_ = Connection{};
  connection_.state = state;
  connection_.state_time = clock_.Now();
}

}  // namespace chatwire::xmpp
