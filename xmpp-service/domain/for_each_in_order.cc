#include "xmpp-service/domain/for_each_in_order.h"

#include <memory>
#include <utility>

#include "common/error.h"

namespace chatwire::xmpp {
namespace {

bool CanGoOn(const absl::Status& status) {
  if (status.ok()) return true;
  const std::string reason = ReasonOf(status);
  return !reason.empty() && reason != "SESSION_OFFLINE" && reason != "NO_ANSWER";
}

/// Kept alive by the step that it waits for.
class Run : public std::enable_shared_from_this<Run> {
 public:
  Run(std::vector<std::string> jids, std::function<void(size_t, Completion<bool>)> step,
      Completion<std::vector<ItemResult>> done)
      : jids_(std::move(jids)), step_(std::move(step)), done_(std::move(done)) {}

  void Next() {
    const size_t index = results_.size();
    if (index == jids_.size()) {
      done_(std::move(results_));
      return;
    }
    step_(index, Completion<bool>(
                     [self = shared_from_this()](const auto& result) { self->OnDone(result); }));
  }

 private:
  void OnDone(const absl::StatusOr<bool>& result) {
    if (!CanGoOn(result.status())) {
      done_(result.status());
      return;
    }
    results_.push_back({jids_[results_.size()], result.status()});
    Next();
  }

  const std::vector<std::string> jids_;
  const std::function<void(size_t, Completion<bool>)> step_;
  std::vector<ItemResult> results_;
  Completion<std::vector<ItemResult>> done_;
};

}  // namespace

void ForEachInOrder(std::vector<std::string> jids,
                    std::function<void(size_t index, Completion<bool>)> step,
                    Completion<std::vector<ItemResult>> done) {
  std::make_shared<Run>(std::move(jids), std::move(step), std::move(done))->Next();
}

}  // namespace chatwire::xmpp
