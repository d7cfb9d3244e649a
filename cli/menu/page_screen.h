#ifndef CHATWIRE_CLI_MENU_PAGE_SCREEN_H_
#define CHATWIRE_CLI_MENU_PAGE_SCREEN_H_

#include <ftxui/dom/elements.hpp>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "cli/menu/menu_terminal.h"
#include "cli/output.h"
#include "cli/screen/screen_size.h"

namespace chatwire::cli {

/// A title, notes, a list of which one line is marked, and what the keys do.
struct ListView {
  std::string title;
  std::vector<std::string> notes;
  std::vector<std::string> lines;
  size_t at = 0;
  std::string keys;
};

/// The list on a screen; when it is longer than that, the part with the mark.
ftxui::Element Shown(const ListView& list, const ScreenSize& size);

/// Shows @p page on the whole terminal of @p output until somebody has chosen, or goes back.
/// Errors: CANCELLED/INTERRUPTED after Ctrl-C or a signal.
absl::StatusOr<std::optional<size_t>> PickOnScreen(Output& output, const MenuPage& page);

}  // namespace chatwire::cli

#endif  // CHATWIRE_CLI_MENU_PAGE_SCREEN_H_
