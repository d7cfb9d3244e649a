#ifndef CHATWIRE_CLI_COMMAND_TREE_H_
#define CHATWIRE_CLI_COMMAND_TREE_H_

#include <CLI/CLI.hpp>
#include <memory>
#include <string>
#include <vector>

#include "cli/command.h"

namespace chatwire::cli {

/// The commands of the program.
class CommandTree {
 public:
  /// Adds all commands to @p app, which must outlive this, with all that can be said about them.
  explicit CommandTree(CLI::App& app);

  /// Adds what is needed to understand @p words, and to tell which one they should have been.
  CommandTree(CLI::App& app, const std::vector<std::string>& words);

  /// The one that was parsed.
  Command& chosen() const { return *chosen_; }

 private:
  void Add(CLI::App& app, CommandGroup group, const std::vector<std::string>* words);

  std::vector<std::unique_ptr<Command>> commands_;
  Command* chosen_ = nullptr;
};

}  // namespace chatwire::cli

#endif  // CHATWIRE_CLI_COMMAND_TREE_H_
