#include "cli/command.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"

namespace chatwire::cli {
namespace {

constexpr size_t kColumns = 100;

/// Breaks the long lines of @p text at blanks.
std::string Wrapped(const std::string& text) {
  std::vector<std::string> lines;
  for (absl::string_view line : absl::StrSplit(text, '\n')) {
    while (line.size() > kColumns) {
      const size_t blank = line.rfind(' ', kColumns);
      if (blank == absl::string_view::npos) break;
      lines.emplace_back(line.substr(0, blank));
      line.remove_prefix(blank + 1);
    }
    lines.emplace_back(line);
  }
  return absl::StrJoin(lines, "\n");
}

}  // namespace

std::string HelpText(const std::string& notes, const std::vector<std::string>& examples,
                     const std::vector<std::string>& rpcs) {
  std::vector<std::string> parts;
  if (!notes.empty()) parts.push_back(Wrapped(notes));
  if (!rpcs.empty()) parts.push_back(absl::StrCat("RPC: ", absl::StrJoin(rpcs, ", ")));
  if (!examples.empty()) {
    parts.push_back(absl::StrCat(examples.size() == 1 ? "Example:" : "Examples:", "\n  chatwire ",
                                 absl::StrJoin(examples, "\n  chatwire ")));
  }
  return absl::StrJoin(parts, "\n\n");
}

}  // namespace chatwire::cli
