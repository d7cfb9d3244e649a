#include "mqtt-service/domain/command_limit.h"

namespace chatwire::mqtt {
namespace {

constexpr absl::Duration kWindow = absl::Minutes(1);
/// Then the old ones are forgotten, and if that does not help all of them.
constexpr size_t kManyPeople = 10'000;

}  // namespace

CommandLimit::Verdict CommandLimit::Take(const std::string& account, const std::string& jid,
                                         int count, absl::Time now) {
  if (most_ == 0 || count == 0) return {};
  if (windows_.size() >= kManyPeople) {
    std::erase_if(windows_,
                  [now](const auto& entry) { return now - entry.second.start >= kWindow; });
    if (windows_.size() >= kManyPeople) windows_.clear();
  }
  Window& window = windows_[{account, jid}];
  if (now - window.start >= kWindow) window = {now, 0, false};
  if (window.count > 0 && window.count + count > most_) {
    const bool first = !window.refused;
    window.refused = true;
    return {false, first, window.start + kWindow - now};
  }
  window.count += count;
  return {};
}

}  // namespace chatwire::mqtt
