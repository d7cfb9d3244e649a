#ifndef CHATWIRE_MQTT_SERVICE_FEED_XMPP_CHANNEL_H_
#define CHATWIRE_MQTT_SERVICE_FEED_XMPP_CHANNEL_H_

#include <grpcpp/channel.h>
#include <grpcpp/client_context.h>

#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/mutex.h"
#include "common/rpc/channel.h"

namespace chatwire::mqtt {

/// The way to xmpp-service: its channel and our token for it, both read from files when they are
/// needed, so that a service that starts before its token is there recovers by itself. Thread-safe.
class XmppChannel {
 public:
  XmppChannel(ChannelOptions options, std::string token_file);

  const std::string& target() const { return options_.target; }

  /// Errors: those of MakeChannel.
  absl::StatusOr<std::shared_ptr<grpc::Channel>> Get();

  /// Puts the token into @p context. Errors: FAILED_PRECONDITION with what is wrong with the file.
  absl::Status Attach(grpc::ClientContext& context) const;

 private:
  const ChannelOptions options_;
  const std::string token_file_;
  Mutex mutex_;
  std::shared_ptr<grpc::Channel> channel_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace chatwire::mqtt

#endif  // CHATWIRE_MQTT_SERVICE_FEED_XMPP_CHANNEL_H_
