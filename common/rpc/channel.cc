#include "common/rpc/channel.h"

#include <grpcpp/create_channel.h>
#include <grpcpp/security/credentials.h>
#include <grpcpp/support/channel_arguments.h>

#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "common/error.h"
#include "common/secret_file.h"

namespace chatwire {
namespace {

constexpr int kKeepaliveTimeMs = 30'000;
constexpr int kKeepaliveTimeoutMs = 10'000;
constexpr int kMaximumReconnectMs = 5'000;
constexpr int kMaximumMessageBytes = 1 << 20;

// How PEM ends its first line (RFC 7468): also of `TRUSTED CERTIFICATE`, `RSA PRIVATE KEY` ...
constexpr char kCertificateLine[] = "CERTIFICATE-----";
constexpr char kKeyLine[] = "PRIVATE KEY-----";

std::string NoPem(absl::string_view what, const std::string& file) {
  return absl::StrCat("no ", what, " in ", file, ", which must be a PEM file");
}

grpc::ChannelArguments Arguments(const ChannelOptions& options) {
  grpc::ChannelArguments arguments;
  arguments.SetInt(GRPC_ARG_KEEPALIVE_TIME_MS, kKeepaliveTimeMs);
  arguments.SetInt(GRPC_ARG_KEEPALIVE_TIMEOUT_MS, kKeepaliveTimeoutMs);
  arguments.SetInt(GRPC_ARG_KEEPALIVE_PERMIT_WITHOUT_CALLS, 1);
  arguments.SetInt(GRPC_ARG_HTTP2_MAX_PINGS_WITHOUT_DATA, 0);
  arguments.SetInt(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS, kMaximumReconnectMs);
  arguments.SetMaxReceiveMessageSize(kMaximumMessageBytes);
  // A proxy that the environment names for the world outside cannot lead back to this machine.
  if (IsLoopback(options.target)) arguments.SetInt(GRPC_ARG_ENABLE_HTTP_PROXY, 0);
  return arguments;
}

absl::Status BadCertificate(absl::string_view message) {
  return MakeError(absl::StatusCode::kFailedPrecondition, {"chatwire", "BAD_CLIENT_CERTIFICATE"},
                   message);
}

absl::Status AddOwnCertificate(const ChannelOptions& options, grpc::SslCredentialsOptions& tls) {
  if (options.cert_file.empty() && options.key_file.empty()) return absl::OkStatus();
  if (options.cert_file.empty() || options.key_file.empty()) {
    return BadCertificate("a certificate to show and its key must be given together");
  }
  const auto certificate = ReadPublicFile(options.cert_file);
  if (!certificate.ok()) return BadCertificate(certificate.status().message());
  const auto key = ReadSecretFile(options.key_file);
  if (!key.ok()) return BadCertificate(key.status().message());
  // gRPC takes anything, and then only says that there is no connection.
  if (!absl::StrContains(*certificate, kCertificateLine)) {
    return BadCertificate(NoPem("certificate", options.cert_file));
  }
  if (!absl::StrContains(*key, kKeyLine)) {
    return BadCertificate(NoPem("private key", options.key_file));
  }
  tls.pem_cert_chain = *certificate + "\n";
  tls.pem_private_key = *key + "\n";
  return absl::OkStatus();
}

absl::StatusOr<std::shared_ptr<grpc::ChannelCredentials>> Credentials(
    const ChannelOptions& options) {
  grpc::SslCredentialsOptions tls;
  const absl::Status own = AddOwnCertificate(options, tls);
  if (!own.ok()) return own;
  if (options.ca_file.empty()) {
    // Without roots of its own gRPC takes the system's.
    if (options.trust_system) return grpc::SslCredentials(tls);
    if (!options.cert_file.empty()) {
      return BadCertificate("a certificate is shown with TLS only; give the authority to trust");
    }
    if (!IsLoopback(options.target)) {
      return MakeError(
          absl::StatusCode::kFailedPrecondition, {"chatwire", "TLS_REQUIRED"},
          absl::StrCat(options.target,
                       " is not on this machine, so the connection needs TLS; give the "
                       "file with the authority's certificate (--ca)"));
    }
    return grpc::InsecureChannelCredentials();
  }
  const auto ca = ReadPublicFile(options.ca_file);
  if (!ca.ok()) {
    return MakeError(absl::StatusCode::kFailedPrecondition, {"chatwire", "BAD_CA_FILE"},
                     ca.status().message());
  }
  if (!absl::StrContains(*ca, kCertificateLine)) {
    return MakeError(absl::StatusCode::kFailedPrecondition, {"chatwire", "BAD_CA_FILE"},
                     NoPem("certificate", options.ca_file));
  }
  tls.pem_root_certs = *ca + "\n";
  return grpc::SslCredentials(tls);
}

}  // namespace

bool IsAddress(const std::string& address) {
  const size_t colon = address.rfind(':');
  if (colon == std::string::npos || colon == 0) return false;
  const std::string host = address.substr(0, colon);
  if (host.find_first_of(" \t\r\n") != std::string::npos) return false;
  const bool bracketed = host.front() == '[' && host.back() == ']';
  // Colons of an IPv6 address need brackets; without them one of them would pass for that of the
  // port.
  if (absl::StrContains(host, ':') && !bracketed) return false;
  int port = -1;
  return absl::SimpleAtoi(address.substr(colon + 1), &port) && port >= 0 && port <= 65'535;
}

bool IsLoopback(const std::string& target) {
  const std::string host = target.substr(0, target.rfind(':'));
  // Digits only: 127.example.org is somewhere else.
  const bool ipv4 = host.find_first_not_of("0123456789.") == std::string::npos;
  return host == "localhost" || host == "[::1]" || (ipv4 && absl::StartsWith(host, "127."));
}

absl::StatusOr<std::shared_ptr<grpc::Channel>> MakeChannel(const ChannelOptions& options) {
  if (!IsAddress(options.target)) {
    return MakeError(absl::StatusCode::kInvalidArgument, {"chatwire", "BAD_ADDRESS"},
                     absl::StrCat("\"", options.target, "\" is not an address; write host:port"));
  }
  auto credentials = Credentials(options);
  if (!credentials.ok()) return credentials.status();
  if (options.interceptor == nullptr) {
    return grpc::CreateCustomChannel(options.target, *credentials, Arguments(options));
  }
  std::vector<std::unique_ptr<grpc::experimental::ClientInterceptorFactoryInterface>> interceptors;
  interceptors.push_back(options.interceptor());
  return grpc::experimental::CreateCustomChannelWithInterceptors(
      options.target, *credentials, Arguments(options), std::move(interceptors));
}

void AttachToken(grpc::ClientContext& context, const std::string& token) {
  if (!token.empty()) context.AddMetadata("authorization", "Bearer " + token);
}

}  // namespace chatwire
