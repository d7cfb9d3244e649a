#include "xmpp-service/domain/delivery_waiters.h"

#include <utility>
#include <vector>

#include "xmpp-service/domain/errors.h"

namespace chatwire::xmpp {

void DeliveryWaiters::Wait(const std::string& account, const std::string& message_id,
                           absl::Duration timeout, Completion<DeliveryStage> done) {
  const Key key{account, message_id};
  uint64_t number = 0;
  {
    MutexLock lock(mutex_);
    // Dropping the completion answers it.
    if (cancelled_) return;
    number = next_number_++;
    waiting_[key].emplace(number, std::move(done));
  }
  timers_.PostAfter(timeout, [this, key, number] { Expire(key, number); });
}

void DeliveryWaiters::CancelAll() {
  // Declared first: the completions run when the lock is released.
  decltype(waiting_) dropped;
  MutexLock lock(mutex_);
  cancelled_ = true;
  dropped.swap(waiting_);
}

void DeliveryWaiters::End(const std::string& account, const absl::Status& why) {
  std::vector<Completion<DeliveryStage>> ended;
  {
    MutexLock lock(mutex_);
    auto it = waiting_.lower_bound({account, ""});
    while (it != waiting_.end() && it->first.first == account) {
      for (auto& [number, done] : it->second) ended.push_back(std::move(done));
      it = waiting_.erase(it);
    }
  }
  for (auto& done : ended) done(why);
}

void DeliveryWaiters::Resolve(const std::string& account, const std::string& message_id,
                              DeliveryStage stage) {
  std::map<uint64_t, Completion<DeliveryStage>> resolved;
  {
    MutexLock lock(mutex_);
    const auto found = waiting_.find({account, message_id});
    if (found == waiting_.end()) return;
    resolved.swap(found->second);
    waiting_.erase(found);
  }
  for (auto& [number, done] : resolved) done(stage);
}

void DeliveryWaiters::Expire(const Key& key, uint64_t number) {
  Completion<DeliveryStage> expired;
  {
    MutexLock lock(mutex_);
    const auto found = waiting_.find(key);
    if (found == waiting_.end()) return;
    const auto waiter = found->second.find(number);
    if (waiter == found->second.end()) return;
    expired = std::move(waiter->second);
    found->second.erase(waiter);
    if (found->second.empty()) waiting_.erase(found);
  }
  expired(
      Error(absl::StatusCode::kDeadlineExceeded, "NO_ACK",
            "accepted, but the server has not acknowledged the message yet; it is still going to "
            "be sent, and a retry with the same request_id waits again"));
}

}  // namespace chatwire::xmpp
