#ifndef CHATWIRE_CLI_RPC_UNARY_H_
#define CHATWIRE_CLI_RPC_UNARY_H_

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include "absl/status/status.h"
#include "cli/call.h"

namespace chatwire::cli {

/// Call() for a method that is known by its descriptor only. @p response is of its output type.
absl::Status CallUnary(Session& session, const google::protobuf::MethodDescriptor* method,
                       const CallOptions& options, const google::protobuf::Message& request,
                       google::protobuf::Message& response);

/// The same for a method that both services have: asks @p service.
absl::Status CallUnaryOf(Session& session, Service service,
                         const google::protobuf::MethodDescriptor* method,
                         const CallOptions& options, const google::protobuf::Message& request,
                         google::protobuf::Message& response);

/// `/package.Service/Method`, as it stands on the wire.
std::string WirePath(const google::protobuf::MethodDescriptor* method);

}  // namespace chatwire::cli

#endif  // CHATWIRE_CLI_RPC_UNARY_H_
