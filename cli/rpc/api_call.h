#ifndef CHATWIRE_CLI_RPC_API_CALL_H_
#define CHATWIRE_CLI_RPC_API_CALL_H_

#include <google/protobuf/descriptor.h>

#include <string>

#include "absl/status/status.h"
#include "cli/command.h"
#include "cli/rpc/reflection.h"

namespace chatwire::cli {

/// Calls @p method with requests in protobuf's JSON and prints the responses, one a line, as they
/// come. @p json is the request, or `-`: standard input, of which a stream takes every line.
///
/// Errors: those of the call, and INVALID_ARGUMENT/USAGE for JSON that does not fit the request.
absl::Status CallApi(Session& session, Service service, Reflection& reflection,
                     const google::protobuf::MethodDescriptor& method, const std::string& json);

}  // namespace chatwire::cli

#endif  // CHATWIRE_CLI_RPC_API_CALL_H_
