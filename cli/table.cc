#include "cli/table.h"

#include <algorithm>
#include <cstddef>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "cli/printable.h"

namespace chatwire::cli {
namespace {

constexpr int kGap = 2;

std::vector<std::string> PrintableRow(const std::vector<std::string>& row) {
  std::vector<std::string> cells;
  cells.reserve(row.size());
  for (const std::string& cell : row) cells.push_back(Printable(cell));
  return cells;
}

std::vector<int> WidthsOf(const std::vector<std::vector<std::string>>& rows) {
  std::vector<int> widths;
  for (const auto& row : rows) {
    if (widths.size() < row.size()) widths.resize(row.size());
    for (size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], DisplayWidth(row[i]));
  }
  return widths;
}

/// Select Graphic Rendition (ECMA-48, section 8.3.117) around @p text.
std::string Rendered(const std::string& text, const char* rendition) {
  return absl::StrCat("\x1b[", rendition, "m", text, "\x1b[0m");
}

std::string Colored(const std::string& cell) {
  constexpr char kGreen[] = "32";
  constexpr char kRed[] = "31";
  if (cell == "ok" || cell == "on" || cell == "online") return Rendered(cell, kGreen);
  if (cell == "FAILED" || cell == "failed") return Rendered(cell, kRed);
  return cell;
}

}  // namespace

std::string AlignedText(const Table& table, Colors colors) {
  std::vector<std::vector<std::string>> rows = {table.heading};
  for (const auto& row : table.rows) rows.push_back(PrintableRow(row));
  const std::vector<int> widths = WidthsOf(rows);
  constexpr char kBold[] = "1";
  std::string text;
  for (size_t at = 0; at < rows.size(); ++at) {
    const auto& row = rows[at];
    const bool colored = colors == Colors::kOn && at > 0;
    std::string line;
    for (size_t i = 0; i < row.size(); ++i) {
      const int fill = widths[i] + kGap - DisplayWidth(row[i]);
      absl::StrAppend(&line, colored ? Colored(row[i]) : row[i],
                      std::string(static_cast<size_t>(fill), ' '));
    }
    line.erase(line.find_last_not_of(' ') + 1);
    const bool bold = colors == Colors::kOn && at == 0;
    absl::StrAppend(&text, bold ? Rendered(line, kBold) : line, "\n");
  }
  return text;
}

std::string TabSeparatedText(const Table& table) {
  std::string text;
  for (const auto& row : table.rows) {
    absl::StrAppend(&text, absl::StrJoin(PrintableRow(row), "\t"), "\n");
  }
  return text;
}

}  // namespace chatwire::cli
