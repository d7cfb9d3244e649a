#include "mqtt-service/rpc/checkbox_watch.h"

#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/error.h"
#include "common/rpc/grpc_status.h"
#include "common/rpc/time.h"
#include "mqtt-service/wire/checkbox_proto.h"

namespace chatwire::mqtt {
namespace {

constexpr int64_t kPullRows = 64;
constexpr int kMostNames = 1000;
constexpr absl::Duration kDefaultHeartbeat = absl::Seconds(15);

}  // namespace

CheckboxWatch::CheckboxWatch(Store& store, WorkQueue& queue, WatchHub& hub)
    : store_(store), queue_(queue), hub_(hub), heartbeat_(kDefaultHeartbeat) {}

grpc::ServerWriteReactor<v1::WatchCheckboxesResponse>* CheckboxWatch::Start(
    const v1::WatchCheckboxesRequest& request, Store& store, WorkQueue& queue, WatchHub& hub) {
  std::shared_ptr<CheckboxWatch> watch(new CheckboxWatch(store, queue, hub));
  watch->self_ = watch;
  queue.Post([watch, request] { watch->Begin(request); });
  return watch.get();
}

grpc::ServerWriteReactor<v1::WatchCheckboxesResponse>* CheckboxWatch::Refuse(
    const absl::Status& status, Store& store, WorkQueue& queue, WatchHub& hub) {
  std::shared_ptr<CheckboxWatch> watch(new CheckboxWatch(store, queue, hub));
  watch->self_ = watch;
  queue.Post([watch, status] { watch->End(status); });
  return watch.get();
}

void CheckboxWatch::OnWriteDone(bool ok) {
  queue_.Post([watch = shared_from_this(), ok] {
    watch->writing_ = false;
    if (!ok) watch->End(absl::CancelledError("the caller has gone"));
    watch->Advance();
  });
}

void CheckboxWatch::OnCancel() {
  queue_.Post(
      [watch = shared_from_this()] { watch->End(absl::CancelledError("the caller has gone")); });
}

void CheckboxWatch::OnDone() {
  const std::shared_ptr<CheckboxWatch> watch = std::move(self_);
  queue_.Post([watch] { watch->hub_.Remove(watch); });
}

void CheckboxWatch::Begin(const v1::WatchCheckboxesRequest& request) {
  const absl::Status good = ReadRequest(request);
  if (!good.ok()) return End(good);
  hub_.Add(shared_from_this());
  Advance();
  ArmHeartbeat();
}

absl::Status CheckboxWatch::ReadRequest(const v1::WatchCheckboxesRequest& request) {
  if (request.has_heartbeat_interval()) {
    heartbeat_ = chatwire::FromProto(request.heartbeat_interval());
    if (heartbeat_ < absl::Seconds(1) || heartbeat_ > absl::Hours(1)) {
      return MakeError(absl::StatusCode::kInvalidArgument, {kErrorDomain, "BAD_HEARTBEAT"},
                       "`heartbeat_interval` must be 1 s to 1 h");
    }
  }
  if (request.names_size() > kMostNames) {
    return MakeError(absl::StatusCode::kInvalidArgument, {kErrorDomain, "BAD_NAME"},
                     absl::StrCat("`names` must hold at most ", kMostNames, " names"));
  }
  for (const std::string& name : request.names()) {
    const absl::Status good = CheckName(name);
    if (!good.ok()) return good;
    names_.insert(name);
  }
  return store_.Read([&](Transaction& transaction) {
    initial_end_ = transaction.checkboxes().LastSequence();
    if (request.resume_token().empty()) {
      skip_deleted_until_ = initial_end_;
      return absl::OkStatus();
    }
    const auto sequence = ParseResumeToken(request.resume_token(), store_.id(), initial_end_);
    if (sequence.ok()) sequence_ = *sequence;
    return sequence.status();
  });
}

void CheckboxWatch::Changed() { Advance(); }

void CheckboxWatch::End(const absl::Status& status) {
  if (!ending_) {
    ending_ = true;
    end_ = status;
  }
  Advance();
}

void CheckboxWatch::Advance() {
  if (writing_ || finished_) return;
  if (!ending_ && waiting_.empty()) {
    const absl::Status pulled = Pull();
    if (!pulled.ok()) {
      ending_ = true;
      end_ = pulled;
    }
  }
  if (ending_) {
    finished_ = true;
    Finish(ToGrpcStatus(end_));
    return;
  }
  if (waiting_.empty()) return;
  v1::WatchCheckboxesResponse next = std::move(waiting_.front());
  waiting_.pop_front();
  Write(std::move(next));
}

absl::Status CheckboxWatch::Pull() {
  // Rows that are left out may fill a whole pull.
  bool more = true;
  while (more && waiting_.empty()) {
    std::vector<Checkbox> changed;
    const absl::Status read = store_.Read([&](Transaction& transaction) {
      changed = transaction.checkboxes().ChangedSince(sequence_, kPullRows);
      return absl::OkStatus();
    });
    if (!read.ok()) return read;
    for (const Checkbox& checkbox : changed) Add(checkbox);
    more = !changed.empty();
  }
  if (waiting_.empty() && !initial_done_) {
    initial_done_ = true;
    v1::WatchCheckboxesResponse response;
    response.set_initial_complete(true);
    response.set_resume_token(MakeResumeToken(store_.id(), sequence_));
    waiting_.push_back(std::move(response));
  }
  return absl::OkStatus();
}

void CheckboxWatch::Add(const Checkbox& checkbox) {
  sequence_ = checkbox.change_sequence;
  if (!names_.empty() && names_.count(checkbox.name) == 0) return;
  if (checkbox.deleted && sequence_ <= skip_deleted_until_) return;
  v1::WatchCheckboxesResponse response;
  if (checkbox.deleted) {
    response.set_deleted_name(checkbox.name);
  } else {
    *response.mutable_checkbox() = ToProto(checkbox);
  }
  response.set_resume_token(MakeResumeToken(store_.id(), sequence_));
  waiting_.push_back(std::move(response));
}

void CheckboxWatch::Write(v1::WatchCheckboxesResponse response) {
  current_ = std::move(response);
  writing_ = true;
  last_write_ = absl::Now();
  StartWrite(&current_);
}

void CheckboxWatch::ArmHeartbeat() {
  queue_.PostAt(last_write_ + heartbeat_, [weak = weak_from_this()] {
    if (const auto watch = weak.lock()) watch->Heartbeat();
  });
}

void CheckboxWatch::Heartbeat() {
  if (finished_) return;
  const bool quiet = absl::Now() - last_write_ >= heartbeat_;
  if (!writing_ && !ending_ && quiet) {
    v1::WatchCheckboxesResponse response;
    response.set_resume_token(MakeResumeToken(store_.id(), sequence_));
    Write(std::move(response));
  }
  // While a write is stuck the time of the last one stands still: look again a little later.
  if (writing_ && absl::Now() - last_write_ >= heartbeat_) last_write_ = absl::Now();
  ArmHeartbeat();
}

}  // namespace chatwire::mqtt
