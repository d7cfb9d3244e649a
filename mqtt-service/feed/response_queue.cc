#include "mqtt-service/feed/response_queue.h"

#include <utility>

namespace chatwire::mqtt {
namespace {

/// Most events in one transaction.
constexpr size_t kCapacity = 64;

}  // namespace

bool ResponseQueue::Push(xmpp::v1::WatchEventsResponse response) {
  {
    MutexLock lock(mutex_);
    changed_.wait(lock.native(), [this]() ABSL_NO_THREAD_SAFETY_ANALYSIS {
      return closed_ || responses_.size() < kCapacity;
    });
    if (closed_) return false;
    responses_.push_back(std::move(response));
  }
  changed_.notify_all();
  return true;
}

std::vector<xmpp::v1::WatchEventsResponse> ResponseQueue::PopAll() {
  std::vector<xmpp::v1::WatchEventsResponse> all;
  {
    MutexLock lock(mutex_);
    changed_.wait(lock.native(), [this]() ABSL_NO_THREAD_SAFETY_ANALYSIS {
      return closed_ || !responses_.empty();
    });
    all.swap(responses_);
  }
  changed_.notify_all();
  return all;
}

void ResponseQueue::Close() {
  {
    MutexLock lock(mutex_);
    closed_ = true;
  }
  changed_.notify_all();
}

}  // namespace chatwire::mqtt
