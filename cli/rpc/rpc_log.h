#ifndef CHATWIRE_CLI_RPC_RPC_LOG_H_
#define CHATWIRE_CLI_RPC_RPC_LOG_H_

#include <grpcpp/support/client_interceptor.h>

#include <memory>
#include <string>

#include "cli/output.h"

namespace chatwire::cli {

/// Tells @p output of each call to @p address at its end, and of each stream also at its beginning:
/// method, status, time, and `request_id`. Nothing else of what goes over the wire: no token, no
/// password, no text. For ChannelOptions::interceptor; @p output must outlive the channel.
std::unique_ptr<grpc::experimental::ClientInterceptorFactoryInterface> MakeRpcLog(
    const Output& output, const std::string& address);

}  // namespace chatwire::cli

#endif  // CHATWIRE_CLI_RPC_RPC_LOG_H_
