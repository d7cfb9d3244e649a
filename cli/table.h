#ifndef CHATWIRE_CLI_TABLE_H_
#define CHATWIRE_CLI_TABLE_H_

#include <string>
#include <vector>

namespace chatwire::cli {

/// Rows of text under a heading.
struct Table {
  std::vector<std::string> heading;
  /// Each as long as the heading.
  std::vector<std::vector<std::string>> rows;
};

/// Whether colours may be used where people read.
enum class Colors { kOff, kOn };

/// For a terminal: heading, columns two blanks apart, no blanks at the ends of lines. With colours
/// the heading is bold, good states are green and failures red.
std::string AlignedText(const Table& table, Colors colors);

/// For programs: rows only, fields parted by TAB. A TAB within a field shows as `\t`.
std::string TabSeparatedText(const Table& table);

}  // namespace chatwire::cli

#endif  // CHATWIRE_CLI_TABLE_H_
