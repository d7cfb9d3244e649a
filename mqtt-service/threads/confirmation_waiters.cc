#include "mqtt-service/threads/confirmation_waiters.h"

#include <optional>
#include <utility>

namespace chatwire::mqtt {

void ConfirmationWaiters::Wait(const std::string& id, absl::Time deadline, Done done) {
  const auto end = HowItEnded(id);
  if (!end.ok()) return done(end.status());
  if (end->has_value()) return done(**end);
  const int64_t key = next_key_++;
  waiters_.emplace(key, Waiter{id, std::move(done)});
  by_command_.emplace(id, key);
  queue_.PostAt(deadline, [this, key] { TimeOut(key); });
}

void ConfirmationWaiters::OnCommit(const Commit& commit) {
  if (commit.ended_commands.empty()) return;
  queue_.Post([this, ids = commit.ended_commands] { Ended(ids); });
}

void ConfirmationWaiters::Ended(const std::vector<std::string>& ids) {
  for (const std::string& id : ids) {
    const auto [first, last] = by_command_.equal_range(id);
    if (first == last) continue;
    std::vector<int64_t> keys;
    for (auto entry = first; entry != last; ++entry) keys.push_back(entry->second);
    const auto end = HowItEnded(id);
    for (const int64_t key : keys) {
      if (end.ok()) {
        Finish(key, end->value_or(false));
      } else {
        Finish(key, end.status());
      }
    }
  }
}

void ConfirmationWaiters::TimeOut(int64_t key) { Finish(key, false); }

void ConfirmationWaiters::Finish(int64_t key, absl::StatusOr<bool> confirmed) {
  const auto waiter = waiters_.find(key);
  if (waiter == waiters_.end()) return;
  Done done = std::move(waiter->second.done);
  const auto [first, last] = by_command_.equal_range(waiter->second.command_id);
  for (auto entry = first; entry != last; ++entry) {
    if (entry->second != key) continue;
    by_command_.erase(entry);
    break;
  }
  waiters_.erase(waiter);
  done(std::move(confirmed));
}

absl::StatusOr<std::optional<bool>> ConfirmationWaiters::HowItEnded(const std::string& id) {
  std::optional<bool> confirmed;
  const absl::Status read = store_.Read([&](Transaction& transaction) {
    const auto command = transaction.commands().Find(id);
    if (!command.has_value()) {
      confirmed = false;
    } else if (command->status != CommandStatus::kPending) {
      confirmed = command->status == CommandStatus::kConfirmed;
    }
    return absl::OkStatus();
  });
  if (!read.ok()) return read;
  return confirmed;
}

}  // namespace chatwire::mqtt
