#include "mqtt-service/feed/xmpp_channel.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "common/secret_file.h"

namespace chatwire::mqtt {

XmppChannel::XmppChannel(ChannelOptions options, std::string token_file)
    : options_(std::move(options)), token_file_(std::move(token_file)) {}

absl::StatusOr<std::shared_ptr<grpc::Channel>> XmppChannel::Get() {
  MutexLock lock(mutex_);
  if (channel_ == nullptr) {
    auto channel = MakeChannel(options_);
    if (!channel.ok()) return channel.status();
    channel_ = *std::move(channel);
  }
  return channel_;
}

absl::Status XmppChannel::Attach(grpc::ClientContext& context) const {
  if (token_file_.empty()) {
    return absl::FailedPreconditionError(
        "there is no token for xmpp-service; give --xmpp_service_token_file");
  }
  const auto token = ReadTokenFile(token_file_);
  if (!token.ok()) {
    return absl::FailedPreconditionError(
        absl::StrCat("no token for xmpp-service yet: ", token.status().message()));
  }
  AttachToken(context, *token);
  return absl::OkStatus();
}

}  // namespace chatwire::mqtt
