#include "cli/connection.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/substitute.h"
#include "cli/errors.h"
#include "cli/private_file.h"
#include "cli/rpc/rpc_log.h"
#include "cli/translate.h"
#include "common/rpc/channel.h"
#include "common/secret_file.h"

namespace chatwire::cli {
namespace {

struct Words {
  const char* name;
  const char* program;
  const char* option;
  const char* token_option;
};

Words WordsFor(Service service) {
  if (service == Service::kXmpp) {
    return {"xmpp-service", "chatwire-xmppd", "--server", "--token-file"};
  }
  return {"mqtt-service", "chatwire-mqttd", "--mqtt-server", "--mqtt-token-file"};
}

/// The last part of gRPC's chain of causes, which is the one that tells.
std::string LastCause(absl::string_view message) {
  const size_t colon = message.rfind(": ");
  return std::string(colon == absl::string_view::npos ? message : message.substr(colon + 2));
}

bool IsTlsFailure(absl::string_view message) {
  return absl::StrContains(message, "andshake") || absl::StrContains(message, "CERTIFICATE") ||
         absl::StrContains(message, "SSL_ERROR");
}

/// A service that wants TLS ends a connection without it before it has said anything: gRPC then has
/// never been connected. One that ends later was there, and has died.
bool HungUpOnPlaintext(const Settings& settings, absl::string_view message) {
  return settings.ca_file.empty() && absl::StrContains(message, "failed to connect") &&
         absl::StrContains(message, "Socket closed");
}

}  // namespace

std::string NameOf(Service service) { return WordsFor(service).name; }

Connection::Connection(const Settings& settings, const Credentials& credentials, Output& output)
    : settings_(settings), credentials_(credentials), output_(output) {}

const std::string& Connection::AddressOf(Service service) const {
  return service == Service::kXmpp ? settings_.server : settings_.mqtt_server;
}

absl::StatusOr<std::shared_ptr<grpc::Channel>> Connection::ChannelTo(Service service) {
  auto& channel = channels_[service];
  if (channel != nullptr) return channel;
  ChannelOptions options;
  options.target = AddressOf(service);
  options.ca_file = settings_.ca_file;
  options.trust_system = !IsLoopback(options.target);
  options.cert_file = settings_.cert_file;
  options.key_file = settings_.key_file;
  WarnIfShared(output_, options.key_file);
  if (settings_.verbose) {
    options.interceptor = [this, service] { return MakeRpcLog(output_, AddressOf(service)); };
  }
  auto made = MakeChannel(options);
  if (!made.ok()) {
    // To the one who typed it, all of these are wrong options.
    const std::string reason = ReasonOf(made.status());
    return MakeError(absl::StatusCode::kInvalidArgument, {"chatwire", reason.c_str()},
                     made.status().message());
  }
  channel = *std::move(made);
  return channel;
}

absl::StatusOr<SavedToken> Connection::TokenFor(Service service) {
  const auto known = tokens_.find(service);
  if (known != tokens_.end()) return known->second;
  const std::string& file =
      service == Service::kXmpp ? settings_.token_file : settings_.mqtt_token_file;
  if (!file.empty()) {
    const auto token = ReadTokenFile(file);
    if (!token.ok()) {
      return MakeError(
          absl::StatusCode::kUnauthenticated, kNoTokenReason,
          absl::StrCat(token.status().message(), "; see ", WordsFor(service).token_option));
    }
    WarnIfShared(output_, file);
    return tokens_[service] = SavedToken{"", *token};
  }
  if (service == Service::kMqtt) {
    return MakeError(
        absl::StatusCode::kUnauthenticated, kNoTokenReason,
        absl::Substitute(Tr("no token for mqtt-service at $0; give the file that holds one with "
                            "--mqtt-token-file (the service writes admin.token into its state "
                            "directory)"),
                         AddressOf(service)));
  }
  const auto saved = credentials_.Find(AddressOf(service), settings_.account);
  if (!saved.ok()) return saved.status();
  return tokens_[service] = *saved;
}

absl::Status Connection::AttachTokenFor(Service service, grpc::ClientContext& context) {
  const auto token = TokenFor(service);
  if (!token.ok()) return token.status();
  AttachToken(context, token->token);
  return absl::OkStatus();
}

std::string Connection::Account() {
  if (!settings_.account.empty()) return settings_.account;
  const auto token = TokenFor(Service::kXmpp);
  return token.ok() ? token->account : "";
}

absl::Status Connection::Explain(Service service, const absl::Status& status) const {
  // A service's own errors carry an ErrorInfo, gRPC's do not.
  if (status.ok() || !ReasonOf(status).empty()) return status;
  const Words words = WordsFor(service);
  const std::string where = absl::Substitute(Tr("$0 at $1"), words.name, AddressOf(service));
  switch (status.code()) {
    case absl::StatusCode::kUnavailable:
      return MakeError(
          status.code(), kServiceUnreachableReason,
          IsTlsFailure(status.message()) || HungUpOnPlaintext(settings_, status.message())
              ? absl::Substitute(
                    Tr("no TLS with $0 ($1); see that the service has a certificate for this name "
                       "and that --ca names its authority; where it asks for a certificate, show "
                       "one with --cert and --key"),
                    where, LastCause(status.message()))
              : absl::Substitute(
                    Tr("cannot reach $0 ($1); start $2 there, or say with $3 where it is"), where,
                    LastCause(status.message()), words.program, words.option));
    case absl::StatusCode::kDeadlineExceeded:
      return MakeError(
          status.code(), kNoAnswerReason,
          absl::Substitute(
              Tr("$0 did not answer within $1; see that it runs, or allow more with --timeout"),
              where, absl::FormatDuration(settings_.timeout)));
    case absl::StatusCode::kUnimplemented:
      return MakeError(status.code(), kWrongServiceReason,
                       absl::Substitute(Tr("what answers at $0 is not $1, or an older one; see $2"),
                                        AddressOf(service), words.name, words.option));
    default:
      return absl::Status(status.code(), absl::StrCat(where, ": ", status.message()));
  }
}

}  // namespace chatwire::cli
