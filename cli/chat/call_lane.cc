#include "cli/chat/call_lane.h"

#include <utility>

#include "absl/time/clock.h"
#include "cli/call.h"
#include "cli/errors.h"
#include "cli/rpc/call_once.h"
#include "cli/rpc/contracts.h"
#include "cli/rpc/unary.h"
#include "common/backoff.h"
#include "common/rpc/grpc_status.h"

namespace chatwire::cli {
namespace {

constexpr Backoff::Limits kAgain{absl::Milliseconds(100), absl::Seconds(2)};

/// Whether the service has not answered, so that nobody knows what became of the call.
bool Unanswered(const absl::Status& status) {
  const std::string reason = ReasonOf(status);
  return IsTransient(status) || reason == kServiceUnreachableReason.reason ||
         (absl::IsDeadlineExceeded(status) && reason == kNoAnswerReason.reason);
}

}  // namespace

void Cancellation::Watch(grpc::ClientContext* context) {
  MutexLock lock(mutex_);
  context_ = context;
  if (cancelled_ && context_ != nullptr) context_->TryCancel();
}

void Cancellation::Cancel() {
  MutexLock lock(mutex_);
  cancelled_ = true;
  if (context_ != nullptr) context_->TryCancel();
  changed_.notify_all();
}

bool Cancellation::cancelled() const {
  MutexLock lock(mutex_);
  return cancelled_;
}

bool Cancellation::WaitFor(absl::Duration duration) {
  MutexLock lock(mutex_);
  changed_.wait_for(lock.native(), absl::ToChronoNanoseconds(duration),
                    [this]() ABSL_NO_THREAD_SAFETY_ANALYSIS { return cancelled_; });
  return cancelled_;
}

CallLane::CallLane(const Session& session, Limits limits)
    : outer_(session), limits_(limits), thread_([this] { Run(); }) {}

CallLane::~CallLane() {
  {
    MutexLock lock(mutex_);
    stopping_ = true;
    jobs_.clear();
  }
  cancellation_.Cancel();
  added_.notify_all();
  thread_.join();
}

void CallLane::Add(const std::string& rpc, const google::protobuf::Message& request,
                   Answer answer) {
  std::shared_ptr<google::protobuf::Message> copy(request.New());
  copy->CopyFrom(request);
  MutexLock lock(mutex_);
  jobs_.push_back({rpc, std::move(copy), std::move(answer)});
  added_.notify_all();
}

void CallLane::Run() {
  Connection connection(outer_.settings, outer_.credentials, outer_.output);
  while (true) {
    Job job;
    {
      MutexLock lock(mutex_);
      added_.wait(lock.native(),
                  [this]() ABSL_NO_THREAD_SAFETY_ANALYSIS { return stopping_ || !jobs_.empty(); });
      if (stopping_) return;
      job = std::move(jobs_.front());
      jobs_.pop_front();
    }
    Make(job, connection);
  }
}

absl::Status CallLane::Attempt(const Job& job, Connection& connection,
                               google::protobuf::Message& response) {
  const auto* const method = MethodNamed(job.rpc);
  const Service service = ServiceOf(method);
  const auto channel = connection.ChannelTo(service);
  if (!channel.ok()) return channel.status();
  grpc::ClientContext context;
  absl::Status attached = connection.AttachTokenFor(service, context);
  if (!attached.ok()) return attached;
  context.set_deadline(absl::ToChronoTime(absl::Now() + limits_.timeout));
  context.set_wait_for_ready(limits_.wait_for_service);
  cancellation_.Watch(&context);
  const grpc::Status status =
      CallOnce(*channel, WirePath(method), &context, *job.request, response);
  cancellation_.Watch(nullptr);
  return connection.Explain(service, FromGrpcStatus(status));
}

void CallLane::Make(const Job& job, Connection& connection) {
  const std::shared_ptr<google::protobuf::Message> response =
      NewMessage(MethodNamed(job.rpc)->output_type());
  Backoff backoff(kAgain);
  while (true) {
    const absl::Status status = Attempt(job, connection, *response);
    if (cancellation_.cancelled()) return;
    if (!limits_.until_answered || !Unanswered(status)) return job.answer(status, response);
    if (cancellation_.WaitFor(backoff.Next())) return;
  }
}

}  // namespace chatwire::cli
