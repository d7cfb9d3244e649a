#include "xmpp-service/rpc/event_service.h"

#include <utility>
#include <vector>

#include "common/rpc/authorize.h"
#include "common/rpc/grpc_status.h"
#include "common/rpc/time.h"
#include "xmpp-service/domain/errors.h"
#include "xmpp-service/rpc/resume_token.h"
#include "xmpp-service/rpc/scopes.h"

namespace chatwire::xmpp {
namespace {

constexpr const char* kScope = scope::kWatch;
constexpr absl::Duration kDefaultHeartbeat = absl::Seconds(15);
constexpr absl::Duration kShortestHeartbeat = absl::Seconds(1);
constexpr absl::Duration kLongestHeartbeat = absl::Hours(1);

/// A stream that ends before it begins.
class RefusedStream final : public grpc::ServerWriteReactor<v1::WatchEventsResponse> {
 public:
  explicit RefusedStream(const absl::Status& status) { Finish(ToGrpcStatus(status)); }
  void OnDone() override { delete this; }
};

absl::StatusOr<absl::Duration> HeartbeatOf(const v1::WatchEventsRequest& request) {
  if (!request.has_heartbeat_interval()) return kDefaultHeartbeat;
  const absl::Duration heartbeat = chatwire::FromProto(request.heartbeat_interval());
  if (heartbeat < kShortestHeartbeat || heartbeat > kLongestHeartbeat) {
    return Error(absl::StatusCode::kInvalidArgument, "BAD_HEARTBEAT",
                 "`heartbeat_interval` is not within 1 s and 1 h");
  }
  return heartbeat;
}

}  // namespace

grpc::ServerWriteReactor<v1::WatchEventsResponse>* EventService::WatchEvents(
    grpc::CallbackServerContext* context, const v1::WatchEventsRequest* request) {
  auto options = Check(*context, *request);
  if (!options.ok()) return new RefusedStream(options.status());
  options->on_gone = [this](WatchReactor* gone) {
    MutexLock lock(mutex_);
    streams_.erase(gone);
  };
  const auto stream = WatchReactor::Make(context_.log, context_.background, *std::move(options));
  {
    MutexLock lock(mutex_);
    if (stopping_) return new RefusedStream(ShuttingDown());
    streams_[stream.get()] = stream;
  }
  stream->Start();
  return stream.get();
}

absl::StatusOr<WatchReactor::Options> EventService::Check(
    const grpc::CallbackServerContext& context, const v1::WatchEventsRequest& request) {
  const auto caller = Authorize(context, context_.tokens, kScope);
  if (!caller.ok()) return caller.status();
  WatchReactor::Options options;
  if (!request.account().empty()) {
    const auto account = ResolveAccount(*caller, request.account());
    if (!account.ok()) return account.status();
    const auto agent = context_.accounts.Find(*account);
    if (!agent.ok()) return agent.status();
    options.query.accounts = {*account};
  } else if (caller->accounts.empty()) {
    return ResolveAccount(*caller, "").status();
  } else if (caller->accounts.count("*") == 0) {
    options.query.accounts = caller->accounts;
  }
  const auto heartbeat = HeartbeatOf(request);
  if (!heartbeat.ok()) return heartbeat.status();
  options.heartbeat = *heartbeat;
  for (const int kind : request.kinds()) options.query.kinds.insert(kind);
  const auto start = StartOf(request);
  if (!start.ok()) return start.status();
  options.query.after = *start;
  return options;
}

absl::StatusOr<int64_t> EventService::StartOf(const v1::WatchEventsRequest& request) const {
  const int64_t last = context_.log.LastSequence();
  if (!request.resume_token().empty()) {
    return ParseResumeToken(request.resume_token(), context_.log.LogId(), last);
  }
  return request.from_beginning() ? -1 : last;
}

void EventService::Shutdown() {
  std::vector<std::shared_ptr<WatchReactor>> streams;
  {
    MutexLock lock(mutex_);
    stopping_ = true;
    for (const auto& [raw, weak] : streams_) {
      if (auto stream = weak.lock()) streams.push_back(std::move(stream));
    }
  }
  for (const auto& stream : streams) stream->End(ShuttingDown());
}

}  // namespace chatwire::xmpp
