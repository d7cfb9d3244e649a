#ifndef CHATWIRE_TESTS_UNIT_XMPP_SERVICE_MANUAL_EXECUTOR_H_
#define CHATWIRE_TESTS_UNIT_XMPP_SERVICE_MANUAL_EXECUTOR_H_

#include <deque>
#include <utility>
#include <vector>

#include "xmpp-service/domain/executor.h"

namespace chatwire::xmpp {

/// An executor that runs functions when the test says so, and timers when the test says that time
/// passes.
class ManualExecutor final : public Executor {
 public:
  void Post(Function function) override { queue_.push_back(std::move(function)); }

  void PostAfter(absl::Duration delay, Function function) override {
    timers_.emplace_back(now_ + delay, std::move(function));
  }

  /// Runs what is posted, and what that posts.
  void Run() {
    while (!queue_.empty()) {
      Function function = std::move(queue_.front());
      queue_.pop_front();
      function();
    }
  }

  void Advance(absl::Duration step) {
    now_ += step;
    auto timers = std::exchange(timers_, {});
    for (auto& [due, function] : timers) {
      if (due <= now_) {
        queue_.push_back(std::move(function));
      } else {
        timers_.emplace_back(due, std::move(function));
      }
    }
    Run();
  }

 private:
  std::deque<Function> queue_;
  std::vector<std::pair<absl::Duration, Function>> timers_;
  absl::Duration now_;
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_TESTS_UNIT_XMPP_SERVICE_MANUAL_EXECUTOR_H_
