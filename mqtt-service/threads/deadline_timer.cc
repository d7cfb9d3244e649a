#include "mqtt-service/threads/deadline_timer.h"

#include "absl/log/log.h"
#include "absl/time/clock.h"

namespace chatwire::mqtt {
namespace {

/// Longer than xmpp-service keeps its events by default: a journal that is read again from its
/// beginning must not repeat what was done.
constexpr absl::Duration kEventRetention = absl::Hours(24 * 15);
constexpr absl::Duration kPurgeEvery = absl::Hours(1);

}  // namespace

DeadlineTimer::DeadlineTimer(Store& store, const DeadlineRules& rules, const Clock& clock,
                             WorkQueue& queue, absl::Duration history_retention)
    : store_(store),
      rules_(rules),
      clock_(clock),
      queue_(queue),
      history_retention_(history_retention) {}

void DeadlineTimer::Start() {
  queue_.Post([this] {
    Purge();
    Check();
  });
}

void DeadlineTimer::OnCommit(const Commit& commit) {
  if (!commit.commands || posted_.exchange(true)) return;
  queue_.Post([this] { Check(); });
}

void DeadlineTimer::Check() {
  posted_ = false;
  absl::Time next = absl::InfiniteFuture();
  absl::Status status = store_.Read([&](Transaction& transaction) {
    next = transaction.commands().NextDeadline();
    return absl::OkStatus();
  });
  if (status.ok() && next <= clock_.Now()) {
    status = store_.Write([&](Transaction& transaction) {
      rules_.Apply(transaction);
      next = transaction.commands().NextDeadline();
      return absl::OkStatus();
    });
  }
  if (!status.ok()) {
    LOG(ERROR) << "command deadlines: " << status.message();
    next = absl::Now() + absl::Seconds(1);
  }
  if (armed_ <= absl::Now()) armed_ = absl::InfiniteFuture();
  if (next >= armed_) return;
  armed_ = next;
  queue_.PostAt(next, [this] { Check(); });
}

void DeadlineTimer::Purge() {
  const absl::Status status = store_.Write([&](Transaction& transaction) {
    rules_.Purge(transaction, kEventRetention, history_retention_);
    return absl::OkStatus();
  });
  if (!status.ok()) LOG(ERROR) << "purging the store: " << status.message();
  queue_.PostAt(absl::Now() + kPurgeEvery, [this] { Purge(); });
}

}  // namespace chatwire::mqtt
