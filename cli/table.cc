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

}  // namespace

std::string AlignedText(const Table& table) {
  std::vector<std::vector<std::string>> rows = {table.heading};
  for (const auto& row : table.rows) rows.push_back(PrintableRow(row));
  const std::vector<int> widths = WidthsOf(rows);
  std::string text;
  for (const auto& row : rows) {
    std::string line;
    for (size_t i = 0; i < row.size(); ++i) {
      const int fill = widths[i] + kGap - DisplayWidth(row[i]);
      absl::StrAppend(&line, row[i], std::string(static_cast<size_t>(fill), ' '));
    }
    line.erase(line.find_last_not_of(' ') + 1);
    absl::StrAppend(&text, line, "\n");
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
