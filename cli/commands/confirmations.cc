#include "cli/commands/confirmations.h"

#include <algorithm>

#include "absl/time/clock.h"
#include "chatwire/mqtt/v1/checkbox_service.grpc.pb.h"
#include "cli/call.h"
#include "cli/chat/stream_follower.h"
#include "cli/progress.h"
#include "cli/translate.h"
#include "common/rpc/grpc_status.h"

namespace chatwire::cli {
namespace {

using mqtt::v1::Checkbox;
using mqtt::v1::WatchCheckboxesResponse;

/// How often the bar is drawn at least: it may have left out the last of many changes.
constexpr absl::Duration kRedraw = absl::Milliseconds(200);
/// The most names that one stream takes. More: it takes all checkboxes there are.
constexpr size_t kMostNames = 1'000;

mqtt::v1::WatchCheckboxesRequest Request(const std::vector<std::string>& names) {
  mqtt::v1::WatchCheckboxesRequest request;
  if (names.size() > kMostNames) return request;
  request.mutable_names()->Assign(names.begin(), names.end());
  return request;
}

/// What went wrong with a stream for good; OK for what another attempt may mend.
absl::Status Lasting(const grpc::Status& ended) {
  const absl::Status status = FromGrpcStatus(ended);
  const bool begins_anew = absl::IsOutOfRange(status) || absl::IsInvalidArgument(status);
  return IsTransient(status) || begins_anew ? absl::OkStatus() : status;
}

}  // namespace

Confirmations::Confirmations(const mqtt::v1::SetCheckboxesResponse& response) {
  for (const auto& result : response.results()) {
    if (!result.has_checkbox()) continue;
    const Checkbox& checkbox = result.checkbox();
    wishes_[result.name()] = {checkbox.desired(), checkbox, FateOf(checkbox, checkbox.desired())};
  }
}

Confirmations::Fate Confirmations::FateOf(const Checkbox& checkbox,
                                          mqtt::v1::CheckboxState wanted) {
  // Somebody wants something else since, or the service has given the command up.
  if (checkbox.desired() != wanted) return Fate::kGivenUp;
  if (checkbox.pending() || checkbox.reported() != wanted) return Fate::kWaited;
  return Fate::kConfirmed;
}

void Confirmations::Told(const WatchCheckboxesResponse& response) {
  const bool gone = response.update_case() == WatchCheckboxesResponse::kDeletedName;
  const MutexLock lock(mutex_);
  const auto found = wishes_.find(gone ? response.deleted_name() : response.checkbox().name());
  if (found == wishes_.end() || found->second.fate != Fate::kWaited) return;
  Wish& wish = found->second;
  if (gone) {
    wish.fate = Fate::kGivenUp;
  } else {
    wish.now = response.checkbox();
    wish.fate = FateOf(wish.now, wish.wanted);
  }
  told_ = true;
  changed_.notify_all();
}

void Confirmations::End(const absl::Status& why) {
  const MutexLock lock(mutex_);
  ended_ = true;
  why_.Update(why);
  changed_.notify_all();
}

bool Confirmations::waits() const {
  const MutexLock lock(mutex_);
  return !ended_ && Count(Fate::kWaited) > 0;
}

void Confirmations::WaitFor(absl::Duration duration) {
  MutexLock lock(mutex_);
  changed_.wait_for(lock.native(), absl::ToChronoNanoseconds(duration),
                    [this]() ABSL_NO_THREAD_SAFETY_ANALYSIS { return told_ || ended_; });
  told_ = false;
}

absl::Status Confirmations::status() const {
  const MutexLock lock(mutex_);
  return why_;
}

int64_t Confirmations::Count(Fate fate) const {
  return std::count_if(wishes_.begin(), wishes_.end(),
                       [fate](const auto& wish) { return wish.second.fate == fate; });
}

int64_t Confirmations::total() const {
  const MutexLock lock(mutex_);
  return static_cast<int64_t>(wishes_.size());
}

int64_t Confirmations::confirmed() const {
  const MutexLock lock(mutex_);
  return Count(Fate::kConfirmed);
}

bool Confirmations::IsConfirmed(const std::string& name) const {
  const MutexLock lock(mutex_);
  const auto found = wishes_.find(name);
  return found != wishes_.end() && found->second.fate == Fate::kConfirmed;
}

std::vector<std::string> Confirmations::Unconfirmed() const {
  const MutexLock lock(mutex_);
  std::vector<std::string> names;
  for (const auto& [name, wish] : wishes_) {
    if (wish.fate != Fate::kConfirmed) names.push_back(name);
  }
  return names;
}

Checkbox Confirmations::Now(const std::string& name) const {
  const MutexLock lock(mutex_);
  const auto found = wishes_.find(name);
  return found == wishes_.end() ? Checkbox() : found->second.now;
}

absl::Status AwaitConfirmations(Session& session, Interrupt& interrupt, const std::string& what,
                                absl::Time deadline, Confirmations& confirmations) {
  if (!confirmations.waits()) return absl::OkStatus();
  const auto read = [&, request = Request(confirmations.Unconfirmed())](
                        const auto& channel, auto* context, auto& resume_token,
                        const auto& heard) mutable {
    request.set_resume_token(resume_token);
    const auto reader =
        mqtt::v1::CheckboxService::NewStub(channel)->WatchCheckboxes(context, request);
    WatchCheckboxesResponse response;
    while (reader->Read(&response)) {
      heard();
      resume_token = response.resume_token();
      confirmations.Told(response);
    }
    grpc::Status ended = reader->Finish();
    const absl::Status lasting = Lasting(ended);
    if (!lasting.ok()) confirmations.End(lasting);
    return ended;
  };
  const StreamFollower follower(session, Service::kMqtt, read, [](const std::string& /*why*/) {});
  interrupt.OnInterrupt([&] { confirmations.End(absl::OkStatus()); });
  Progress progress(session.streams.error, what, Tr("confirmed"));
  while (confirmations.waits() && absl::Now() < deadline) {
    progress.Show(confirmations.confirmed(), confirmations.total());
    confirmations.WaitFor(std::min(kRedraw, deadline - absl::Now()));
  }
  interrupt.OnInterrupt(nullptr);
  if (interrupt.interrupted()) return interrupt.status();
  return session.connection.Explain(Service::kMqtt, confirmations.status());
}

}  // namespace chatwire::cli
