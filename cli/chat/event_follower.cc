#include "cli/chat/event_follower.h"

#include <utility>

#include "common/backoff.h"
#include "common/error.h"
#include "common/rpc/grpc_status.h"

namespace chatwire::cli {
namespace {

constexpr Backoff::Limits kReconnectLimits{absl::Milliseconds(100), absl::Seconds(3)};

}  // namespace

EventFollower::EventFollower(const Session& session, std::string account, Handler handler)
    : session_(session),
      account_(std::move(account)),
      handler_(std::move(handler)),
      thread_([this] { Run(); }) {}

EventFollower::~EventFollower() {
  cancellation_.Cancel();
  thread_.join();
}

absl::Status EventFollower::Attempt(Connection& connection, const std::function<void()>& heard) {
  const auto channel = connection.ChannelTo(Service::kXmpp);
  if (!channel.ok()) return channel.status();
  const auto stub = xmpp::v1::EventService::NewStub(*channel);
  grpc::ClientContext context;
  absl::Status attached = connection.AttachTokenFor(Service::kXmpp, context);
  if (!attached.ok()) return attached;
  cancellation_.Watch(&context);
  xmpp::v1::WatchEventsRequest request;
  request.set_account(account_);
  request.set_resume_token(resume_token_);
  const auto reader = stub->WatchEvents(&context, request);
  xmpp::v1::WatchEventsResponse response;
  bool up = false;
  while (reader->Read(&response)) {
    if (!up) handler_.up(!request.resume_token().empty());
    up = true;
    heard();
    if (response.has_event()) handler_.event(response.event());
    resume_token_ = response.resume_token();
  }
  const absl::Status ended = FromGrpcStatus(reader->Finish());
  cancellation_.Watch(nullptr);
  return ended.ok() ? absl::UnavailableError("the stream ended")
                    : connection.Explain(Service::kXmpp, ended);
}

void EventFollower::Run() {
  Connection connection(session_.settings, session_.credentials, session_.output);
  Backoff backoff(kReconnectLimits);
  while (!cancellation_.cancelled()) {
    const absl::Status why = Attempt(connection, [&] { backoff.Reset(); });
    if (cancellation_.cancelled()) return;
    const std::string reason = ReasonOf(why);
    // The past is gone, or it is another service's: begin anew.
    if (reason == "RESUME_TOKEN_EXPIRED" || reason == "BAD_RESUME_TOKEN") resume_token_.clear();
    handler_.lost(std::string(why.message()));
    if (cancellation_.WaitFor(backoff.Next())) return;
  }
}

}  // namespace chatwire::cli
