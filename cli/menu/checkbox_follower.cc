#include "cli/menu/checkbox_follower.h"

#include <utility>

#include "common/backoff.h"
#include "common/error.h"
#include "common/rpc/grpc_status.h"

namespace chatwire::cli {
namespace {

constexpr Backoff::Limits kWatchAgain{absl::Milliseconds(100), absl::Seconds(3)};

}  // namespace

CheckboxFollower::CheckboxFollower(const Session& session, Handler handler)
    : session_(session), handler_(std::move(handler)), thread_([this] { Run(); }) {}

CheckboxFollower::~CheckboxFollower() {
  cancellation_.Cancel();
  thread_.join();
}

absl::Status CheckboxFollower::Attempt(Connection& connection, const std::function<void()>& heard) {
  const auto channel = connection.ChannelTo(Service::kMqtt);
  if (!channel.ok()) return channel.status();
  const auto stub = mqtt::v1::CheckboxService::NewStub(*channel);
  grpc::ClientContext context;
  absl::Status attached = connection.AttachTokenFor(Service::kMqtt, context);
  if (!attached.ok()) return attached;
  cancellation_.Watch(&context);
  mqtt::v1::WatchCheckboxesRequest request;
  request.set_resume_token(resume_token_);
  if (resume_token_.empty()) handler_.anew();
  const auto reader = stub->WatchCheckboxes(&context, request);
  mqtt::v1::WatchCheckboxesResponse response;
  while (reader->Read(&response)) {
    heard();
    handler_.told(response);
    resume_token_ = response.resume_token();
  }
  const absl::Status ended = FromGrpcStatus(reader->Finish());
  cancellation_.Watch(nullptr);
  return ended.ok() ? absl::UnavailableError("the stream ended")
                    : connection.Explain(Service::kMqtt, ended);
}

void CheckboxFollower::Run() {
  Connection connection(session_.settings, session_.credentials, session_.output);
  Backoff backoff(kWatchAgain);
  while (!cancellation_.cancelled()) {
    const absl::Status why = Attempt(connection, [&] { backoff.Reset(); });
    if (cancellation_.cancelled()) return;
    const std::string reason = ReasonOf(why);
    // The past is gone, or it is another service's.
    if (reason == "RESUME_TOKEN_EXPIRED" || reason == "BAD_RESUME_TOKEN") resume_token_.clear();
    handler_.lost(std::string(why.message()));
    if (cancellation_.WaitFor(backoff.Next())) return;
  }
}

}  // namespace chatwire::cli
