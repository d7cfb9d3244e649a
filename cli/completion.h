#ifndef CHATWIRE_CLI_COMPLETION_H_
#define CHATWIRE_CLI_COMPLETION_H_

#include <functional>
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace chatwire::cli {

/// Something that may stand at the end of a command line.
struct Candidate {
  std::string word;
  /// What it is, in a few words. May be empty.
  std::string about;
};

/// Names of things that exist now: `CHECKBOX`, `JID`, `ROOM`, `PROFILE` or `KEY`. Empty where they
/// cannot be had.
using NameLookup = std::function<std::vector<Candidate>(const std::string& placeholder)>;

/// What may stand in place of the last of @p words (which may be empty or begun) in a command line
/// of the program @p app. One candidate `:files` stands for the names of files.
std::vector<Candidate> Complete(const CLI::App& app, const std::vector<std::string>& words,
                                const NameLookup& lookup);

/// The completion script for @p shell: bash, zsh or fish. nullptr for another one.
const char* CompletionScript(const std::string& shell);

}  // namespace chatwire::cli

#endif  // CHATWIRE_CLI_COMPLETION_H_
