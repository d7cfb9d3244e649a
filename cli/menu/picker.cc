#include "cli/menu/picker.h"

#include <algorithm>

namespace chatwire::cli {
namespace {

constexpr size_t kPage = 10;

}  // namespace

size_t PlaceAfter(MenuKey key, size_t at, size_t count) {
  if (count == 0) return 0;
  switch (key) {
    case MenuKey::kUp:
      return (at + count - 1) % count;
    case MenuKey::kDown:
      return (at + 1) % count;
    case MenuKey::kFirst:
      return 0;
    case MenuKey::kLast:
      return count - 1;
    case MenuKey::kPageUp:
      return at - std::min(at, kPage);
    case MenuKey::kPageDown:
      return std::min(at + kPage, count - 1);
    case MenuKey::kNone:
    case MenuKey::kTake:
    case MenuKey::kBack:
      break;
  }
  return at;
}

void Picker::Press(MenuKey key) {
  at_ = PlaceAfter(key, at_, count_);
  if (key == MenuKey::kBack) Leave();
  if (key == MenuKey::kTake) PressNumber(at_ + 1);
}

void Picker::PressNumber(size_t number) {
  if (number < 1 || number > count_) return;
  at_ = number - 1;
  taken_ = at_;
  over_ = true;
}

}  // namespace chatwire::cli
