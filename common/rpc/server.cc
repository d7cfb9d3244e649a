#include "common/rpc/server.h"

#include <grpcpp/ext/proto_server_reflection_plugin.h>
#include <grpcpp/health_check_service_interface.h>
#include <grpcpp/security/server_credentials.h>
#include <grpcpp/security/tls_certificate_provider.h>
#include <grpcpp/security/tls_credentials_options.h>
#include <grpcpp/server_builder.h>

#include <utility>

#include "absl/log/log.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/error.h"
#include "common/rpc/channel.h"
#include "common/secret_file.h"

namespace chatwire {
namespace {

constexpr int kMaximumMessageBytes = 1 << 20;
constexpr int kMinimumPingIntervalMs = 20'000;
constexpr char kCertificateMark[] = "BEGIN CERTIFICATE";
constexpr char kKeyMark[] = "PRIVATE KEY";
constexpr unsigned kCertificateReloadSeconds = 60;

absl::Status Failed(const char* reason, const std::string& message) {
  return MakeError(absl::StatusCode::kFailedPrecondition, {"chatwire", reason}, message);
}

/// gRPC reads the files later and only logs what is wrong with them: look now. @p mark is what a
/// PEM file of that kind contains (RFC 7468).
absl::Status CheckPem(const std::string& path, const char* mark) {
  const auto content = ReadPublicFile(path);
  if (!content.ok()) return Failed("BAD_TLS_FILE", std::string(content.status().message()));
  if (absl::StrContains(*content, mark)) return absl::OkStatus();
  return Failed("BAD_TLS_FILE", absl::StrCat(path, " is no PEM file with a part \"", mark,
                                             "\"; see --tls_cert, "
                                             "--tls_key and --tls_client_ca"));
}

absl::StatusOr<std::shared_ptr<grpc::ServerCredentials>> TlsCredentials(
    const ServerOptions& options) {
  const bool mutual = !options.tls_client_ca_file.empty();
  for (const absl::Status& checked : {CheckPem(options.tls_cert_file, kCertificateMark),
                                      CheckPem(options.tls_key_file, kKeyMark)}) {
    if (!checked.ok()) return checked;
  }
  if (mutual) {
    const absl::Status checked = CheckPem(options.tls_client_ca_file, kCertificateMark);
    if (!checked.ok()) return checked;
  }
  auto provider = std::make_shared<grpc::experimental::FileWatcherCertificateProvider>(
      options.tls_key_file, options.tls_cert_file, options.tls_client_ca_file,
      kCertificateReloadSeconds);
  grpc::experimental::TlsServerCredentialsOptions tls(provider);
  tls.watch_identity_key_cert_pairs();
  if (mutual) {
    tls.watch_root_certs();
    tls.set_cert_request_type(GRPC_SSL_REQUEST_AND_REQUIRE_CLIENT_CERTIFICATE_AND_VERIFY);
  }
  return grpc::experimental::TlsServerCredentials(tls);
}

absl::StatusOr<std::shared_ptr<grpc::ServerCredentials>> Credentials(const ServerOptions& options) {
  if (options.tls_cert_file.empty() != options.tls_key_file.empty()) {
    return Failed("BAD_TLS_FILE", "give both --tls_cert and --tls_key, or neither");
  }
  if (!options.tls_cert_file.empty()) return TlsCredentials(options);
  if (!IsLoopback(options.listen) && !options.insecure_listen) {
    return Failed("TLS_REQUIRED",
                  absl::StrCat("listening on ", options.listen,
                               " without TLS would show tokens and messages to the network; give "
                               "--tls_cert and --tls_key, or say --insecure_listen"));
  }
  if (!IsLoopback(options.listen)) {
    LOG(WARNING) << "listening on " << options.listen << " WITHOUT TLS, as --insecure_listen says";
  }
  return grpc::InsecureServerCredentials();
}

void SetLimits(grpc::ServerBuilder& builder) {
  builder.SetMaxReceiveMessageSize(kMaximumMessageBytes);
  // Two servers on one port must fail loudly, not share it.
  builder.AddChannelArgument(GRPC_ARG_ALLOW_REUSEPORT, 0);
  builder.AddChannelArgument(GRPC_ARG_HTTP2_MIN_RECV_PING_INTERVAL_WITHOUT_DATA_MS,
                             kMinimumPingIntervalMs);
  builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_PERMIT_WITHOUT_CALLS, 1);
}

}  // namespace

RpcServer::RpcServer(std::unique_ptr<grpc::Server> server, std::string address)
    : server_(std::move(server)), address_(std::move(address)) {}

RpcServer::~RpcServer() { Shutdown(absl::ZeroDuration()); }

void RpcServer::SetServing(const std::string& service, bool serving) {
  server_->GetHealthCheckService()->SetServingStatus(service, serving);
}

void RpcServer::Shutdown(absl::Duration grace) {
  server_->GetHealthCheckService()->SetServingStatus(false);
  server_->Shutdown(absl::ToChronoTime(absl::Now() + grace));
}

absl::StatusOr<std::unique_ptr<RpcServer>> StartServer(
    const ServerOptions& options, const std::vector<grpc::Service*>& services) {
  const size_t colon = options.listen.rfind(':');
  if (!IsAddress(options.listen)) {
    return MakeError(absl::StatusCode::kInvalidArgument, {"chatwire", "BAD_ADDRESS"},
                     absl::StrCat("\"", options.listen, "\" is not an address; write host:port"));
  }
  auto credentials = Credentials(options);
  if (!credentials.ok()) return credentials.status();
  grpc::EnableDefaultHealthCheckService(true);
  if (options.reflection) grpc::reflection::InitProtoReflectionServerBuilderPlugin();
  grpc::ServerBuilder builder;
  SetLimits(builder);
  int port = 0;
  builder.AddListeningPort(options.listen, *credentials, &port);
  for (grpc::Service* service : services) builder.RegisterService(service);
  auto server = builder.BuildAndStart();
  if (server == nullptr || port == 0) {
    return Failed("PORT_IN_USE",
                  absl::StrCat("cannot listen on ", options.listen,
                               ": the port is in use or the address is not of this machine; stop "
                               "what listens there, or give another --listen"));
  }
  return std::make_unique<RpcServer>(std::move(server),
                                     absl::StrCat(options.listen.substr(0, colon), ":", port));
}

}  // namespace chatwire
