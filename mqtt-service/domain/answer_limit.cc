#include "mqtt-service/domain/answer_limit.h"

namespace chatwire::mqtt {
namespace {

constexpr int kMostAnswers = 10;
constexpr absl::Duration kWindow = absl::Minutes(1);
/// Then the old ones are forgotten.
constexpr size_t kManyPeople = 10'000;

}  // namespace

bool AnswerLimit::Take(const std::string& account, const std::string& jid, absl::Time now) {
  if (windows_.size() >= kManyPeople) {
    std::erase_if(windows_,
                  [now](const auto& entry) { return now - entry.second.start >= kWindow; });
  }
  Window& window = windows_[{account, jid}];
  if (now - window.start >= kWindow) window = {now, 0};
  if (window.count >= kMostAnswers) return false;
  ++window.count;
  return true;
}

}  // namespace chatwire::mqtt
