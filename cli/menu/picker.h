#ifndef CHATWIRE_CLI_MENU_PICKER_H_
#define CHATWIRE_CLI_MENU_PICKER_H_

#include <cstddef>
#include <optional>

namespace chatwire::cli {

/// What a key means in a list.
enum class MenuKey { kNone, kUp, kDown, kFirst, kLast, kPageUp, kPageDown, kTake, kBack };

/// Where @p key leads from @p at in a list of @p count: round at the ends, a page stops there. The
/// same place for a key that does not move.
size_t PlaceAfter(MenuKey key, size_t at, size_t count);

/// Choosing one of a list, without its screen.
class Picker {
 public:
  explicit Picker(size_t count) : count_(count) {}

  void Press(MenuKey key);
  /// Takes the one with this number, from 1; nothing where there is none.
  void PressNumber(size_t number);
  /// Leaves without taking one.
  void Leave() { over_ = true; }

  size_t at() const { return at_; }
  bool over() const { return over_; }
  std::optional<size_t> taken() const { return taken_; }

 private:
  const size_t count_;
  size_t at_ = 0;
  bool over_ = false;
  std::optional<size_t> taken_;
};

}  // namespace chatwire::cli

#endif  // CHATWIRE_CLI_MENU_PICKER_H_
