#include "cli/menu/page_screen.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "cli/chat/screen_text.h"
#include "cli/menu/menu_keys.h"
#include "cli/screen/full_screen.h"
#include "cli/translate.h"

namespace chatwire::cli {
namespace {

/// The entries that a digit takes have it before them.
ListView ViewOf(const MenuPage& page, size_t at) {
  ListView view{page.title,
                page.notes,
                {},
                at,
                page.outermost ? Tr("Arrows and Enter, or a number; q: quit")
                               : Tr("Arrows and Enter, or a number; q: back")};
  for (size_t i = 0; i < page.entries.size(); ++i) {
    const std::string number = i < 9 ? absl::StrCat(i + 1, "  ") : "   ";
    view.lines.push_back(number + page.entries[i]);
  }
  return view;
}

}  // namespace

ftxui::Element Shown(const ListView& list, const ScreenSize& size) {
  const auto line = [&size](const std::string& text) {
    return ftxui::text(Fitted(absl::StrCat(" ", ScreenText(text)), size.width));
  };
  ftxui::Elements rows = {ftxui::inverted(ftxui::bold(line(list.title)) | ftxui::xflex),
                          ftxui::text("")};
  for (const std::string& note : list.notes) {
    for (const std::string& part : Wrapped(ScreenText(note), size.width - 2)) {
      rows.push_back(ftxui::text(absl::StrCat(" ", part)));
    }
    rows.push_back(ftxui::text(""));
  }
  ftxui::Elements lines;
  for (size_t i = 0; i < list.lines.size(); ++i) {
    ftxui::Element shown = line(list.lines[i]);
    lines.push_back(i == list.at ? ftxui::focus(ftxui::inverted(shown)) : shown);
  }
  rows.push_back(ftxui::vbox(std::move(lines)) | ftxui::yframe | ftxui::flex);
  rows.push_back(ftxui::dim(line(list.keys)));
  return ftxui::vbox(std::move(rows));
}

absl::StatusOr<std::optional<size_t>> PickOnScreen(Output& output, const MenuPage& page) {
  FullScreen screen;
  Picker picker(page.entries.size());
  FullScreenContent content;
  content.draw = [&](const ScreenSize& size) { return Shown(ViewOf(page, picker.at()), size); };
  content.key = [&](const ftxui::Event& event) {
    const size_t digit = DigitOf(event);
    if (digit > 0) return picker.PressNumber(digit);
    picker.Press(MenuKeyOf(event));
  };
  content.over = [&] { return picker.over(); };
  content.interrupted = [&] { picker.Leave(); };
  absl::Status status = screen.Run(output, content);
  if (!status.ok()) return status;
  return picker.taken();
}

}  // namespace chatwire::cli
