#ifndef CHATWIRE_COMMON_RPC_SERVER_H_
#define CHATWIRE_COMMON_RPC_SERVER_H_

#include <grpcpp/impl/service_type.h>
#include <grpcpp/server.h>

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"

namespace chatwire {

/// How a service listens.
struct ServerOptions {
  /// `host:port`; port 0 takes a free one.
  std::string listen;
  /// PEM files. Both empty: plaintext, which is allowed for loopback only, unless
  /// `insecure_listen`. Replaced files are taken up within a minute, without a restart.
  std::string tls_cert_file;
  std::string tls_key_file;
  /// PEM file: clients must then show a certificate of this authority (mutual TLS).
  std::string tls_client_ca_file;
  /// Listen without TLS beyond loopback: tokens and messages can be read on the network.
  bool insecure_listen = false;
  /// Serve the reflection API, so that tools can call without the .proto files.
  bool reflection = true;
};

/// A running gRPC server with health (grpc.health.v1) and, if wanted, reflection.
class RpcServer {
 public:
  RpcServer(std::unique_ptr<grpc::Server> server, std::string address);
  ~RpcServer();

  /// Where it listens, with the real port.
  const std::string& address() const { return address_; }

  /// Sets what health says of @p service; "" is liveness. Thread-safe.
  void SetServing(const std::string& service, bool serving);

  /// Says NOT_SERVING, refuses new calls, and cancels what runs longer than @p grace.
  void Shutdown(absl::Duration grace);

 private:
  std::unique_ptr<grpc::Server> server_;
  std::string address_;
};

/// Starts listening. The @p services must outlive the server.
///
/// Errors (domain `chatwire`): FAILED_PRECONDITION with PORT_IN_USE, TLS_REQUIRED or BAD_TLS_FILE;
/// INVALID_ARGUMENT/BAD_ADDRESS.
absl::StatusOr<std::unique_ptr<RpcServer>> StartServer(const ServerOptions& options,
                                                       const std::vector<grpc::Service*>& services);

}  // namespace chatwire

#endif  // CHATWIRE_COMMON_RPC_SERVER_H_
