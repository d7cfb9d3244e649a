#ifndef CHATWIRE_CLI_MENU_MENU_TERMINAL_H_
#define CHATWIRE_CLI_MENU_MENU_TERMINAL_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "cli/command.h"

namespace chatwire::cli {

/// A page of the menu: one of the entries is to be chosen.
struct MenuPage {
  std::string title;
  /// Stand above the entries.
  std::vector<std::string> notes;
  std::vector<std::string> entries;
  /// There is no page before it: going back ends the program.
  bool outermost = false;
};

/// Who sits before the menu. Every method may fail with CANCELLED/INTERRUPTED.
class MenuTerminal {
 public:
  virtual ~MenuTerminal() = default;

  /// The index of the entry that was chosen; nothing: back.
  virtual absl::StatusOr<std::optional<size_t>> Pick(const MenuPage& page) = 0;

  /// What was typed, without blanks around it; "" for nothing.
  virtual absl::StatusOr<std::string> Ask(const std::string& prompt) = 0;

  /// Chats with @p peer, or with everybody where it is "", until that is left.
  virtual absl::Status Chat(Session& session, const std::string& peer) = 0;

  /// Shows the checkboxes until they are left.
  virtual absl::Status Checkboxes(Session& session) = 0;
};

}  // namespace chatwire::cli

#endif  // CHATWIRE_CLI_MENU_MENU_TERMINAL_H_
