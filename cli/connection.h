#ifndef CHATWIRE_CLI_CONNECTION_H_
#define CHATWIRE_CLI_CONNECTION_H_

#include <grpcpp/channel.h>
#include <grpcpp/client_context.h>

#include <map>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "cli/credentials.h"
#include "cli/output.h"
#include "cli/settings.h"

namespace chatwire::cli {

/// The two services.
enum class Service { kXmpp, kMqtt };

/// `xmpp-service` or `mqtt-service`.
std::string NameOf(Service service);

/// Channels to the services, and the tokens that go with the calls. Nothing is opened or read
/// before it is needed. Not thread-safe.
class Connection {
 public:
  /// All must outlive this. @p output gets warnings.
  Connection(const Settings& settings, const Credentials& credentials, Output& output);

  /// `host:port` of @p service.
  const std::string& AddressOf(Service service) const;

  /// The channel to @p service; the same one at each call. It connects when it is used.
  /// Errors: INVALID_ARGUMENT with TLS_REQUIRED, BAD_CA_FILE, BAD_CLIENT_CERTIFICATE or
  /// BAD_ADDRESS.
  absl::StatusOr<std::shared_ptr<grpc::Channel>> ChannelTo(Service service);

  /// Sends the token for @p service with the call: the one of --token-file, else the saved one.
  /// Errors: those of Credentials::Find, and UNKNOWN/FILE.
  absl::Status AttachTokenFor(Service service, grpc::ClientContext& context);

  /// What goes into the field `account` of requests: --account, else the account that the saved
  /// token is for, else "" (then xmpp-service takes the one that the token of --token-file is for).
  std::string Account();

  /// @p status in words for a person when the transport made it (nothing listens there, no answer
  /// in time, another program answers): which service, where, and what to start. Else @p status.
  absl::Status Explain(Service service, const absl::Status& status) const;

 private:
  absl::StatusOr<SavedToken> TokenFor(Service service);

  const Settings& settings_;
  const Credentials& credentials_;
  Output& output_;
  std::map<Service, std::shared_ptr<grpc::Channel>> channels_;
  std::map<Service, SavedToken> tokens_;
};

}  // namespace chatwire::cli

#endif  // CHATWIRE_CLI_CONNECTION_H_
