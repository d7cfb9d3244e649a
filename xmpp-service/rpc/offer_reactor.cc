#include "xmpp-service/rpc/offer_reactor.h"

#include <utility>

#include "common/rpc/grpc_status.h"
#include "xmpp-service/domain/errors.h"
#include "xmpp-service/wire/command_proto.h"

namespace chatwire::xmpp {
namespace {

constexpr absl::Duration kHeartbeat = absl::Seconds(15);
constexpr size_t kMaximumUnread = 1000;

}  // namespace

std::shared_ptr<OfferReactor> OfferReactor::Make(Executor& timers, std::function<void()> on_gone) {
  return std::shared_ptr<OfferReactor>(new OfferReactor(timers, std::move(on_gone)));
}

OfferReactor::OfferReactor(Executor& timers, std::function<void()> on_gone)
    : timers_(timers), on_gone_(std::move(on_gone)) {}

void OfferReactor::Start(const std::string& jid) {
  v1::OfferCommandsResponse first;
  first.mutable_offered()->set_jid(jid);
  {
    MutexLock lock(mutex_);
    self_ = shared_from_this();
    // Somebody may have been quicker: their step comes second all the same.
    queue_.push_front(std::move(first));
  }
  Advance();
  BeatLater();
}

void OfferReactor::BeatLater() {
  timers_.PostAfter(kHeartbeat, [weak = weak_from_this()] {
    const auto self = weak.lock();
    if (self == nullptr) return;
    {
      MutexLock lock(self->mutex_);
      if (self->end_.has_value()) return;
      if (self->queue_.empty() && !self->writing_) self->queue_.emplace_back();
    }
    self->Advance();
    self->BeatLater();
  });
}

void OfferReactor::OnRequested(CommandRequest request) {
  v1::OfferCommandsResponse response;
  *response.mutable_requested() = ToProto(request);
  Push(std::move(response));
}

void OfferReactor::OnEnded(const std::string& session_id, const std::string& node,
                           CommandEndReason reason) {
  v1::OfferCommandsResponse response;
  auto* ended = response.mutable_ended();
  ended->set_session_id(session_id);
  ended->set_node(node);
  ended->set_reason(static_cast<v1::CommandEndReason>(reason));
  Push(std::move(response));
}

void OfferReactor::OnReplaced() {
  End(Error(absl::StatusCode::kAborted, "OFFER_REPLACED",
            "another stream has taken over all commands of this one"));
}

void OfferReactor::Push(v1::OfferCommandsResponse response) {
  bool full = false;
  {
    MutexLock lock(mutex_);
    if (end_.has_value()) return;
    full = queue_.size() >= kMaximumUnread;
    if (!full) queue_.push_back(std::move(response));
  }
  if (full) {
    End(Error(absl::StatusCode::kResourceExhausted, "TOO_MANY_OFFERS",
              "the caller has not read 1,000 responses"));
    return;
  }
  Advance();
}

void OfferReactor::End(const absl::Status& status) {
  {
    MutexLock lock(mutex_);
    if (end_.has_value()) return;
    end_ = status;
  }
  Advance();
}

void OfferReactor::Advance() {
  bool write = false;
  absl::Status status;
  {
    MutexLock lock(mutex_);
    // Before Start gRPC does not know the stream.
    if (self_ == nullptr || writing_ || finished_) return;
    if (end_.has_value()) {
      finished_ = true;
      status = *end_;
    } else if (!queue_.empty()) {
      write = writing_ = true;
      response_ = std::move(queue_.front());
      queue_.pop_front();
    } else {
      return;
    }
  }
  if (write) {
    StartWrite(&response_);
  } else {
    Finish(ToGrpcStatus(status));
  }
}

void OfferReactor::OnWriteDone(bool ok) {
  {
    MutexLock lock(mutex_);
    writing_ = false;
  }
  if (!ok) End(absl::CancelledError("the stream has ended"));
  Advance();
}

void OfferReactor::OnCancel() { End(absl::CancelledError("the caller has gone")); }

void OfferReactor::OnDone() {
  on_gone_();
  std::shared_ptr<OfferReactor> self;
  MutexLock lock(mutex_);
  self = std::move(self_);
}

}  // namespace chatwire::xmpp
