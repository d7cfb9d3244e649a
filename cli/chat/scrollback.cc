#include "cli/chat/scrollback.h"

#include <algorithm>

namespace chatwire::cli {

std::vector<ScreenLine> Scrollback::LinesOf(const Messages& messages, size_t index,
                                            const LayoutOptions& options) {
  return LayOut(messages[index], index == 0 ? nullptr : &messages[index - 1], options);
}

size_t Scrollback::BottomOf(const Messages& messages) const {
  for (size_t i = messages.size(); i > 0; --i) {
    if (messages[i - 1].uid == bottom_uid_) return i - 1;
  }
  return messages.size() - 1;
}

std::vector<ScreenLine> Scrollback::Visible(const Messages& messages, const LayoutOptions& options,
                                            int height) const {
  if (messages.empty() || height <= 0) return {};
  // From the bottom up, upside down.
  std::vector<ScreenLine> lines;
  const size_t bottom = BottomOf(messages);
  int skip = at_end() ? 0 : below_;
  for (size_t index = bottom + 1; index > 0 && static_cast<int>(lines.size()) < height; --index) {
    std::vector<ScreenLine> part = LinesOf(messages, index - 1, options);
    for (auto line = part.rbegin(); line != part.rend(); ++line) {
      if (skip-- <= 0 && static_cast<int>(lines.size()) < height) lines.push_back(std::move(*line));
    }
    skip = 0;
  }
  std::reverse(lines.begin(), lines.end());
  return lines;
}

bool Scrollback::Up(const Messages& messages, const LayoutOptions& options, int height, int lines) {
  if (messages.empty()) return true;
  size_t index = BottomOf(messages);
  int below = (at_end() ? 0 : below_) + lines;
  auto count = [&](size_t i) { return static_cast<int>(LinesOf(messages, i, options).size()); };
  while (index > 0 && below >= count(index)) below -= count(index--);
  // Back again so far that the lines above fill the screen.
  int above = count(index) - below;
  for (size_t i = index; i > 0 && above < height; --i) above += count(i - 1);
  bottom_uid_ = messages[index].uid;
  below_ = below;
  if (above >= height) return false;
  Down(messages, options, height - above);
  return true;
}

void Scrollback::Down(const Messages& messages, const LayoutOptions& options, int lines) {
  if (messages.empty() || at_end()) return;
  size_t index = BottomOf(messages);
  below_ -= lines;
  while (below_ < 0 && index + 1 < messages.size()) {
    ++index;
    below_ += static_cast<int>(LinesOf(messages, index, options).size());
  }
  bottom_uid_ = messages[index].uid;
  if (index + 1 == messages.size() && below_ <= 0) ToEnd();
}

}  // namespace chatwire::cli
