#ifndef CHATWIRE_CLI_RPC_ARGUMENT_SET_H_
#define CHATWIRE_CLI_RPC_ARGUMENT_SET_H_

#include <google/protobuf/message.h>

#include <CLI/CLI.hpp>
#include <deque>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "cli/command.h"

namespace chatwire::cli {

struct Argument;

/// The declared arguments of a command: on the command line first, then in the request.
class ArgumentSet {
 public:
  /// Adds them to @p app. They must outlive this, and so must this outlive @p app.
  void AddTo(CLI::App& app, const std::vector<Argument>& arguments);

  /// Puts what was given into @p request. Reads files and standard input where an argument says so.
  absl::Status Fill(Session& session, google::protobuf::Message& request) const;

 private:
  struct Given {
    const Argument* argument;
    const CLI::Option* option;
    std::vector<std::string> values;
    bool on = false;
  };

  /// A deque: the parser keeps pointers to the elements.
  std::deque<Given> given_;
};

/// Adds the NAME=VALUE texts of @p pairs to the repeated message of @p message at @p path.
/// Errors: INVALID_ARGUMENT/USAGE.
absl::Status AddPairs(google::protobuf::Message& message, const std::string& path,
                      const std::vector<std::string>& pairs, const std::string& what);

}  // namespace chatwire::cli

#endif  // CHATWIRE_CLI_RPC_ARGUMENT_SET_H_
