#include "cli/chat/typing_notice.h"

namespace chatwire::cli {
namespace {

constexpr absl::Duration kPause = absl::Seconds(5);

}  // namespace

std::optional<TypingNotice::Told> TypingNotice::Changed(const std::string& jid, bool empty,
                                                        absl::Time now) {
  last_ = now;
  if (empty) return jid_ == jid ? Left() : std::nullopt;
  if (jid_ == jid && !paused_) return std::nullopt;
  jid_ = jid;
  paused_ = false;
  return Told{jid, TypingState::kComposing};
}

std::optional<TypingNotice::Told> TypingNotice::Tick(absl::Time now) {
  if (jid_.empty() || paused_ || now - last_ < kPause) return std::nullopt;
  paused_ = true;
  return Told{jid_, TypingState::kPaused};
}

std::optional<TypingNotice::Told> TypingNotice::Left() {
  if (jid_.empty()) return std::nullopt;
  const Told told{jid_, TypingState::kActive};
  jid_.clear();
  return told;
}

}  // namespace chatwire::cli
