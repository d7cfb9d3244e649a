#include "mqtt-service/rpc/watch_hub.h"

#include <utility>
#include <vector>

#include "common/error.h"
#include "mqtt-service/domain/checkbox.h"

namespace chatwire::mqtt {
namespace {

absl::Status ShuttingDown() {
  return MakeError(absl::StatusCode::kUnavailable, {kErrorDomain, "SHUTTING_DOWN"},
                   "the service is stopping; watch again with the last resume token");
}

}  // namespace

void WatchHub::Add(std::shared_ptr<Watcher> watcher) {
  if (shut_down_) return watcher->End(ShuttingDown());
  watchers_.insert(std::move(watcher));
}

void WatchHub::Remove(const std::shared_ptr<Watcher>& watcher) { watchers_.erase(watcher); }

void WatchHub::OnCommit(const Commit& commit) {
  if (!commit.checkboxes || posted_.exchange(true)) return;
  queue_.Post([this] {
    posted_ = false;
    const std::vector<std::shared_ptr<Watcher>> watchers(watchers_.begin(), watchers_.end());
    for (const auto& watcher : watchers) watcher->Changed();
  });
}

void WatchHub::Shutdown() {
  queue_.Post([this] {
    shut_down_ = true;
    const std::vector<std::shared_ptr<Watcher>> watchers(watchers_.begin(), watchers_.end());
    for (const auto& watcher : watchers) watcher->End(ShuttingDown());
  });
}

}  // namespace chatwire::mqtt
