#ifndef CHATWIRE_COMMON_RPC_CHANNEL_H_
#define CHATWIRE_COMMON_RPC_CHANNEL_H_

#include <grpcpp/channel.h>
#include <grpcpp/client_context.h>
#include <grpcpp/support/client_interceptor.h>

#include <functional>
#include <memory>
#include <string>

#include "absl/status/statusor.h"

namespace chatwire {

/// Where a service is and how to reach it.
struct ChannelOptions {
  /// `host:port`.
  std::string target;
  /// PEM file with the authorities to trust. Empty: plaintext, which is allowed for loopback only,
  /// unless `trust_system`.
  std::string ca_file;
  /// With an empty `ca_file`: TLS, and trust the authorities that the system trusts.
  bool trust_system = false;
  /// PEM files with the certificate chain to show and its key, for servers that ask for one
  /// (`--tls_client_ca`). Both or none.
  std::string cert_file{};
  std::string key_file{};
  /// Makes what sees each call on the channel. Empty: nothing does.
  std::function<std::unique_ptr<grpc::experimental::ClientInterceptorFactoryInterface>()>
      interceptor{};
};

/// Whether @p address has the form `host:port`, IPv6 addresses in brackets.
bool IsAddress(const std::string& address);

/// Whether @p target (`host:port`) is on this machine: `localhost`, 127.0.0.0/8, `[::1]`.
bool IsLoopback(const std::string& target);

/// A channel with keep-alive pings every 30 s, matched to what StartServer allows. Connects lazily.
///
/// Errors (domain `chatwire`): FAILED_PRECONDITION/TLS_REQUIRED for a plaintext target that is not
/// loopback, FAILED_PRECONDITION/BAD_CA_FILE, FAILED_PRECONDITION/BAD_CLIENT_CERTIFICATE,
/// INVALID_ARGUMENT/BAD_ADDRESS.
absl::StatusOr<std::shared_ptr<grpc::Channel>> MakeChannel(const ChannelOptions& options);

/// Sends @p token with the call.
void AttachToken(grpc::ClientContext& context, const std::string& token);

}  // namespace chatwire

#endif  // CHATWIRE_COMMON_RPC_CHANNEL_H_
