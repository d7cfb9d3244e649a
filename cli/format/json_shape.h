#ifndef CHATWIRE_CLI_FORMAT_JSON_SHAPE_H_
#define CHATWIRE_CLI_FORMAT_JSON_SHAPE_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"

namespace chatwire::cli {

/// What the objects consist of that a command prints with --json, so that a misspelt field is told
/// before anything is done. One that describes nothing allows everything.
struct JsonShape {
  /// A message of the contracts (`xmpp.v1.Event`) whose fields the object has. May be empty.
  std::string message = "";
  /// Fields that are not in that message, each with the message that it holds; "" for any value.
  std::vector<std::pair<std::string, std::string>> fields = {};
  /// Whether fields of what happened may be named without its kind: `body` for
  /// `message_received.body`. See FieldOf.
  bool by_kind = false;
};

/// Whether @p path (as in ValueAt) is in @p shape. Errors: INVALID_ARGUMENT/USAGE with the nearest
/// name.
absl::Status CheckPath(const JsonShape& shape, const std::string& path);

}  // namespace chatwire::cli

#endif  // CHATWIRE_CLI_FORMAT_JSON_SHAPE_H_
