#ifndef CHATWIRE_CLI_CONFIG_LINE_H_
#define CHATWIRE_CLI_CONFIG_LINE_H_

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace chatwire::cli {

/// A line of the config file, which is a part of TOML 1.0: what takes one line each.
struct ConfigLine {
  enum class Kind { kNothing, kTable, kEntry };

  Kind kind = Kind::kNothing;
  /// Of the table or of the entry, as it was written.
  std::string name;
  /// Without its quotes.
  std::string value;
  /// From the blanks before `#` on; "" where there is none.
  std::string comment;
};

/// Reads `KEY = "VALUE"`, `KEY = 'VALUE'`, `KEY = WORD`, `[TABLE]`, a comment or nothing. Errors:
/// INVALID_ARGUMENT/USAGE, which say what is wrong in the line.
absl::StatusOr<ConfigLine> ReadConfigLine(const std::string& line);

}  // namespace chatwire::cli

#endif  // CHATWIRE_CLI_CONFIG_LINE_H_
