#ifndef CHATWIRE_CLI_MENU_CHECKBOX_BOARD_H_
#define CHATWIRE_CLI_MENU_CHECKBOX_BOARD_H_

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "chatwire/mqtt/v1/checkbox_service.pb.h"
#include "cli/menu/picker.h"

namespace chatwire::cli {

/// All checkboxes as they are, one of them chosen; without its screen.
class CheckboxBoard {
 public:
  /// Takes what WatchCheckboxes tells.
  void Apply(const mqtt::v1::WatchCheckboxesResponse& response);
  /// Forgets all: they will be told anew.
  void Clear();

  void Press(MenuKey key);

  /// The wish that the chosen one becomes the opposite; nothing when there is none.
  std::optional<mqtt::v1::SetCheckboxRequest> Toggle(const std::string& request_id) const;

  /// One line for each, by name: `[x] Lamp in the hall`.
  std::vector<std::string> Lines() const;
  /// Which of the lines is chosen.
  size_t at() const;
  /// Whether it is known by now which there are.
  bool complete() const { return complete_; }

  /// What went wrong last; "" for nothing.
  std::string trouble;

 private:
  std::map<std::string, mqtt::v1::Checkbox> boxes_;
  /// By name: others come and go above it.
  std::string chosen_;
  bool complete_ = false;
};

}  // namespace chatwire::cli

#endif  // CHATWIRE_CLI_MENU_CHECKBOX_BOARD_H_
