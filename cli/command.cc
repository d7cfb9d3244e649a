#include "cli/command.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace chatwire::cli {

std::string HelpText(const std::string& notes, const std::vector<std::string>& examples,
                     const std::vector<std::string>& rpcs) {
  std::vector<std::string> parts;
  if (!notes.empty()) parts.push_back(notes);
  if (!rpcs.empty()) parts.push_back(absl::StrCat("RPC: ", absl::StrJoin(rpcs, ", ")));
  if (!examples.empty()) {
    parts.push_back(absl::StrCat(examples.size() == 1 ? "Example:" : "Examples:", "\n  chatwire ",
                                 absl::StrJoin(examples, "\n  chatwire ")));
  }
  return absl::StrJoin(parts, "\n\n");
}

}  // namespace chatwire::cli
