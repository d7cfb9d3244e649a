#ifndef CHATWIRE_TESTS_UNIT_CLI_DRAWN_ROWS_H_
#define CHATWIRE_TESTS_UNIT_CLI_DRAWN_ROWS_H_

#include <ftxui/dom/node.hpp>
#include <ftxui/screen/screen.hpp>
#include <string>
#include <vector>

namespace chatwire::cli {

/// What a screen of @p width by @p height shows of @p element: its rows, by their cells.
inline std::vector<std::string> DrawnRows(const ftxui::Element& element, int width, int height) {
  auto screen =
      ftxui::Screen::Create(ftxui::Dimension::Fixed(width), ftxui::Dimension::Fixed(height));
  ftxui::Render(screen, element);
  std::vector<std::string> rows;
  for (int y = 0; y < height; ++y) {
    std::string row;
    for (int x = 0; x < width; ++x) row += screen.PixelAt(x, y).character;
    rows.push_back(row);
  }
  return rows;
}

}  // namespace chatwire::cli

#endif  // CHATWIRE_TESTS_UNIT_CLI_DRAWN_ROWS_H_
