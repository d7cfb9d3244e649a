#ifndef CHATWIRE_CLI_COMMAND_H_
#define CHATWIRE_CLI_COMMAND_H_

#include <CLI/CLI.hpp>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "cli/connection.h"
#include "cli/credentials.h"
#include "cli/format/json_shape.h"
#include "cli/output.h"
#include "cli/settings.h"
#include "cli/streams.h"

namespace chatwire::cli {

/// What a command works with.
struct Session {
  const Settings& settings;
  const Credentials& credentials;
  Connection& connection;
  Output& output;
  const Streams& streams;
};

/// One command of the program: its arguments and what it does.
class Command {
 public:
  virtual ~Command() = default;

  /// Adds the command with its arguments and its help to @p parent. Does no work. The arguments
  /// that are parsed later end up in members of this object.
  virtual CLI::App* AddTo(CLI::App& parent) = 0;

  /// As AddTo, when @p words are all that will be parsed. Where the command's name is not among
  /// them, that and what it is about is enough, if the rest costs time.
  virtual CLI::App* AddFor(const std::vector<std::string>& words, CLI::App& parent) {
    static_cast<void>(words);
    return AddTo(parent);
  }

  /// Runs with the parsed arguments. Writes only the answer to the output; the caller reports the
  /// error.
  virtual absl::Status Run(Session& session) = 0;

  /// What it prints with --json.
  virtual JsonShape Shape() const { return {}; }

  /// Whether it is there to mend the config file: then it runs also where that names a profile
  /// which is not there.
  virtual bool EditsConfig() const { return false; }

  /// The RPCs that it is there for, as in MethodNamed. A test holds them to the contracts.
  virtual std::vector<std::string> Rpcs() const { return {}; }
};

/// What stands below the arguments in the help of a command: @p notes, then the RPCs that it calls,
/// then @p examples (command lines without `chatwire `).
std::string HelpText(const std::string& notes, const std::vector<std::string>& examples,
                     const std::vector<std::string>& rpcs);

/// A group of commands such as `checkbox`, or the program itself.
struct CommandGroup {
  std::string footer;
  std::vector<std::unique_ptr<Command>> commands;
};

}  // namespace chatwire::cli

#endif  // CHATWIRE_CLI_COMMAND_H_
