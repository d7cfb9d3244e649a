#ifndef CHATWIRE_CLI_RPC_RPC_COMMAND_H_
#define CHATWIRE_CLI_RPC_RPC_COMMAND_H_

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "cli/command.h"

namespace chatwire::cli {

/// Where the value of an argument comes from and how it gets into the request.
enum class ValueKind {
  /// The text itself; see SetField for times, words and numbers.
  kPlain,
  /// The text itself, or standard input for `-`.
  kText,
  /// The text itself, or for `-` the bytes of standard input.
  kBytes,
  /// The name of a file with the value, or `-` for standard input.
  kFile,
  /// The name of a file whose first line is a secret, or `-` for standard input.
  kSecretFile,
  /// `NAME=VALUE`, into a repeated message with the fields `name` and `value` or `values`; the same
  /// name again adds a value.
  kPair,
};

/// An argument of a command, and the field of the request that it fills.
struct Argument {
  /// `NAME` (required), `[NAME]`, `NAME...` (one or more); `--name VALUE`, `--name VALUE...` (may
  /// be given several times), `--name` (a switch).
  std::string name;
  /// Path in the request; see SetField. Empty: it only has to be given.
  std::string field;
  /// Its line in the help.
  std::string about;
  ValueKind kind = ValueKind::kPlain;
  /// What a switch stands for.
  std::string value = "true";
  /// Whether an option has to be given.
  bool required = false;
};

/// A column of a table.
struct Column {
  std::string heading;
  /// Path in the JSON of the row; `resources.0.presence.status` goes into lists.
  std::string field;
};

/// A command that makes one unary call (or one for each page), declared and not programmed: from
/// the arguments to the fields of the request, and from the response to a table, lines or JSON.
///
/// `account`, `request_id`, `page_size`, `page_token`, `wait_timeout` and `timeout` of the request
/// are filled in by the rules that hold for every command, where the request has them.
struct RpcCommand {
  std::string name;
  /// One line for lists of commands.
  std::string about;
  /// See MethodNamed.
  std::string rpc;
  std::vector<Argument> arguments = {};
  /// Fields that always have this value.
  std::vector<std::pair<std::string, std::string>> fixed = {};
  /// Path in the response to the list whose elements are the answer, one line each.
  std::string list = "";
  std::vector<Column> columns = {};
  /// A history: without --limit and --all the newest 50, and always with the newest last, as people
  /// read.
  bool newest_last = false;
  /// Field of the response that is the answer. Empty: all of it.
  std::string object = "";
  /// The answer in text: a template over request and response (see ExpandTemplate). Empty: all
  /// fields.
  std::string done = "";
  /// Below the arguments in the help.
  std::string notes = "";
  /// Command lines, without `chatwire `.
  std::vector<std::string> examples = {};
};

/// The command as a Command.
std::unique_ptr<Command> MakeRpcCommand(RpcCommand spec);

/// Adds them all to @p group.
void AddRpcCommands(std::vector<RpcCommand> specs, CommandGroup& group);

}  // namespace chatwire::cli

#endif  // CHATWIRE_CLI_RPC_RPC_COMMAND_H_
