#include "cli/chat/stream_follower.h"

#include <utility>

#include "common/backoff.h"
#include "common/error.h"
#include "common/rpc/grpc_status.h"

namespace chatwire::cli {
namespace {

constexpr Backoff::Limits kReconnectLimits{absl::Milliseconds(100), absl::Seconds(3)};

}  // namespace

StreamFollower::StreamFollower(const Session& session, Service service, Attempt attempt, Lost lost)
    : session_(session),
      service_(service),
      attempt_(std::move(attempt)),
      lost_(std::move(lost)),
      thread_([this] { Run(); }) {}

StreamFollower::~StreamFollower() {
  cancellation_.Cancel();
  thread_.join();
}

absl::Status StreamFollower::Connect(Connection& connection, const std::function<void()>& heard) {
  const auto channel = connection.ChannelTo(service_);
  if (!channel.ok()) return channel.status();
  grpc::ClientContext context;
  absl::Status attached = connection.AttachTokenFor(service_, context);
  if (!attached.ok()) return attached;
  cancellation_.Watch(&context);
  const absl::Status ended = FromGrpcStatus(attempt_(*channel, &context, resume_token_, heard));
  cancellation_.Watch(nullptr);
  return ended.ok() ? absl::UnavailableError("the stream ended")
                    : connection.Explain(service_, ended);
}

void StreamFollower::Run() {
  Connection connection(session_.settings, session_.credentials, session_.output);
  Backoff backoff(kReconnectLimits);
  while (!cancellation_.cancelled()) {
    const absl::Status why = Connect(connection, [&] { backoff.Reset(); });
    if (cancellation_.cancelled()) return;
    const std::string reason = ReasonOf(why);
    // The past is gone, or it is another service's: begin anew.
    if (reason == "RESUME_TOKEN_EXPIRED" || reason == "BAD_RESUME_TOKEN") resume_token_.clear();
    lost_(std::string(why.message()));
    if (cancellation_.WaitFor(backoff.Next())) return;
  }
}

}  // namespace chatwire::cli
