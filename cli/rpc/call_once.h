#ifndef CHATWIRE_CLI_RPC_CALL_ONCE_H_
#define CHATWIRE_CLI_RPC_CALL_ONCE_H_

#include <google/protobuf/message.h>
#include <grpcpp/channel.h>
#include <grpcpp/client_context.h>
#include <grpcpp/support/status.h>

#include <memory>
#include <string>

namespace chatwire::cli {

/// One attempt of a unary call of the method at @p path (see WirePath), with all that @p context
/// says. Blocks.
grpc::Status CallOnce(const std::shared_ptr<grpc::Channel>& channel, const std::string& path,
                      grpc::ClientContext* context, const google::protobuf::Message& request,
                      google::protobuf::Message& response);

}  // namespace chatwire::cli

#endif  // CHATWIRE_CLI_RPC_CALL_ONCE_H_
