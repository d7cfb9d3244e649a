#include "mqtt-service/rpc/subscribe_stream.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/error.h"
#include "common/rpc/grpc_status.h"
#include "common/rpc/time.h"
#include "mqtt-service/domain/checkbox.h"
#include "mqtt-service/wire/broker_proto.h"

namespace chatwire::mqtt {
namespace {

constexpr size_t kMostStreams = 64;
constexpr size_t kMostWaiting = 1000;
constexpr size_t kMostWaitingBytes = 16 * 1024 * 1024;
constexpr absl::Duration kDefaultHeartbeat = absl::Seconds(15);

absl::Status ShuttingDown() {
  return MakeError(absl::StatusCode::kUnavailable, {kErrorDomain, "SHUTTING_DOWN"},
                   "the service is stopping; subscribe again");
}

absl::Status ReaderTooSlow() {
  return MakeError(absl::StatusCode::kResourceExhausted, {kErrorDomain, "READER_TOO_SLOW"},
                   "messages come faster than they are read; subscribe to less, or read faster");
}

}  // namespace

absl::Status SubscribeStreams::Add(const std::shared_ptr<SubscribeStream>& stream) {
  if (shut_down_) return ShuttingDown();
  if (streams_.size() >= kMostStreams) {
    return MakeError(absl::StatusCode::kResourceExhausted, {kErrorDomain, "TOO_MANY_STREAMS"},
                     absl::StrCat(kMostStreams, " subscriptions are open; end one"));
  }
  streams_.insert(stream);
  return absl::OkStatus();
}

void SubscribeStreams::Remove(const std::shared_ptr<SubscribeStream>& stream) {
  streams_.erase(stream);
}

void SubscribeStreams::Shutdown() {
  queue_.Post([this] {
    shut_down_ = true;
    const std::vector<std::shared_ptr<SubscribeStream>> streams(streams_.begin(), streams_.end());
    for (const auto& stream : streams) stream->End(ShuttingDown());
  });
}

grpc::ServerWriteReactor<v1::SubscribeResponse>* SubscribeStream::Start(
    const v1::SubscribeRequest& request, const absl::Status& refusal,
    const MessageSourceFactory& make_source, SubscribeStreams& streams, WorkQueue& queue) {
  std::shared_ptr<SubscribeStream> stream(new SubscribeStream(streams, queue));
  stream->self_ = stream;
  queue.Post([stream, request, refusal, &make_source] {
    if (!refusal.ok()) return stream->End(refusal);
    stream->Begin(request, make_source);
  });
  return stream.get();
}

void SubscribeStream::OnWriteDone(bool ok) {
  queue_.Post([stream = shared_from_this(), ok] {
    stream->writing_ = false;
    if (!ok) stream->End(absl::CancelledError("the caller has gone"));
    stream->Advance();
  });
}

void SubscribeStream::OnCancel() {
  queue_.Post(
      [stream = shared_from_this()] { stream->End(absl::CancelledError("the caller has gone")); });
}

void SubscribeStream::OnDone() {
  const std::shared_ptr<SubscribeStream> stream = std::move(self_);
  queue_.Post([stream] { stream->streams_.Remove(stream); });
}

void SubscribeStream::Begin(const v1::SubscribeRequest& request,
                            const MessageSourceFactory& make_source) {
  if (finished_) return;
  absl::Status status = ReadRequest(request);
  if (status.ok()) status = streams_.Add(shared_from_this());
  if (!status.ok()) return End(status);
  last_write_ = absl::Now();
  source_ = make_source();
  source_->Start(filters_, request.subscription_identifier(), MakeEvents());
  ArmHeartbeat();
}

absl::Status SubscribeStream::ReadRequest(const v1::SubscribeRequest& request) {
  auto filters = FiltersFromProto(request);
  if (!filters.ok()) return filters.status();
  filters_ = *std::move(filters);
  heartbeat_ = kDefaultHeartbeat;
  if (request.has_heartbeat_interval()) {
    heartbeat_ = chatwire::FromProto(request.heartbeat_interval());
  }
  if (heartbeat_ < absl::Seconds(1) || heartbeat_ > absl::Hours(1)) {
    return MakeError(absl::StatusCode::kInvalidArgument, {kErrorDomain, "BAD_HEARTBEAT"},
                     "`heartbeat_interval` must be 1 s to 1 h");
  }
  return absl::OkStatus();
}

MessageSource::Events SubscribeStream::MakeEvents() {
  MessageSource::Events events;
  events.subscribed = [weak = weak_from_this(), &queue = queue_](const std::vector<int>& granted) {
    queue.Post([weak, granted] {
      const auto stream = weak.lock();
      if (stream == nullptr) return;
      v1::SubscribeResponse response;
      for (const int qos : granted) {
        response.mutable_subscribed()->add_granted_qos(QosToProto(qos));
      }
      stream->waiting_.push_back(std::move(response));
      stream->accepted_ = true;
      stream->Advance();
    });
  };
  events.message = [weak = weak_from_this()](MqttMessage message) {
    if (const auto stream = weak.lock()) stream->Receive(std::move(message));
  };
  events.ended = [weak = weak_from_this(), &queue = queue_](const absl::Status& reason) {
    queue.Post([weak, reason] {
      if (const auto stream = weak.lock()) stream->End(reason);
    });
  };
  return events;
}

void SubscribeStream::Receive(MqttMessage message) {
  {
    MutexLock lock(mutex_);
    arrived_bytes_ += message.payload.size();
    too_slow_ = too_slow_ || arrived_.size() >= kMostWaiting || arrived_bytes_ > kMostWaitingBytes;
    if (!too_slow_) arrived_.push_back(std::move(message));
  }
  queue_.Post([weak = weak_from_this()] {
    if (const auto stream = weak.lock()) stream->Advance();
  });
}

void SubscribeStream::End(const absl::Status& status) {
  if (!ending_) {
    ending_ = true;
    end_ = status;
    // Not on a thread of Paho: this one waits for those.
    source_.reset();
  }
  Advance();
}

void SubscribeStream::Advance() {
  if (writing_ || finished_) return;
  if (ending_) {
    finished_ = true;
    Finish(ToGrpcStatus(end_));
    return;
  }
  if (!waiting_.empty()) {
    v1::SubscribeResponse next = std::move(waiting_.front());
    waiting_.pop_front();
    return Write(std::move(next));
  }
  if (!accepted_) return;
  v1::SubscribeResponse next;
  bool too_slow = false;
  {
    MutexLock lock(mutex_);
    too_slow = too_slow_;
    if (!too_slow && arrived_.empty()) return;
    if (!too_slow) {
      *next.mutable_message() = ToProto(arrived_.front());
      arrived_bytes_ -= arrived_.front().payload.size();
      arrived_.pop_front();
    }
  }
  if (too_slow) return End(ReaderTooSlow());
  Write(std::move(next));
}

void SubscribeStream::Write(v1::SubscribeResponse response) {
  current_ = std::move(response);
  writing_ = true;
  last_write_ = absl::Now();
  StartWrite(&current_);
}

void SubscribeStream::ArmHeartbeat() {
  queue_.PostAt(last_write_ + heartbeat_, [weak = weak_from_this()] {
    if (const auto stream = weak.lock()) stream->Heartbeat();
  });
}

void SubscribeStream::Heartbeat() {
  if (finished_) return;
  const bool quiet = absl::Now() - last_write_ >= heartbeat_;
  if (quiet && accepted_ && !writing_ && !ending_) Write(v1::SubscribeResponse());
  // While a write is stuck the time of the last one stands still: look again a little later.
  if (quiet) last_write_ = absl::Now();
  ArmHeartbeat();
}

}  // namespace chatwire::mqtt
