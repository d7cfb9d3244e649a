#include "mqtt-service/rpc/checkbox_service.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/error.h"
#include "common/rpc/authorize.h"
#include "common/rpc/time.h"
#include "mqtt-service/rpc/answer.h"
#include "mqtt-service/rpc/checkbox_watch.h"
#include "mqtt-service/wire/checkbox_proto.h"

namespace chatwire::mqtt {
namespace {

constexpr char kReadScope[] = "checkbox.read";
constexpr char kSetScope[] = "checkbox.set";
constexpr char kAdminScope[] = "checkbox.admin";

constexpr absl::Duration kDefaultWait = absl::Seconds(5);
constexpr absl::Duration kLongestWait = absl::Hours(1);
/// So that our own error reaches the caller before its deadline does.
constexpr absl::Duration kDeadlineMargin = absl::Milliseconds(100);

/// Until when the call may wait for the device.
absl::StatusOr<absl::Time> WaitDeadline(const grpc::CallbackServerContext& context,
                                        const v1::SetCheckboxRequest& request) {
  absl::Duration wait = kDefaultWait;
  if (request.has_wait_timeout()) wait = chatwire::FromProto(request.wait_timeout());
  const bool known = v1::ConfirmationStage_IsValid(request.wait_for());
  if (!known || wait < absl::ZeroDuration() || wait > kLongestWait) {
    return MakeError(absl::StatusCode::kInvalidArgument, {kErrorDomain, "BAD_WAIT"},
                     "`wait_for` must be ACCEPTED or CONFIRMED, and `wait_timeout` 0 s to 1 h");
  }
  const absl::Time call_deadline = absl::FromChrono(context.deadline());
  return std::min(absl::Now() + wait, call_deadline - kDeadlineMargin);
}

absl::Status NotConfirmed(const Checkbox& checkbox) {
  return MakeError(absl::StatusCode::kDeadlineExceeded, {kErrorDomain, "NOT_CONFIRMED"},
                   absl::StrCat("stored, but the device of ", checkbox.name,
                                " has not reported the wanted state"),
                   {{"version", absl::StrCat(checkbox.version)}});
}

v1::SetCheckboxResponse ToResponse(const SetResult& result, v1::ConfirmationStage stage) {
  v1::SetCheckboxResponse response;
  *response.mutable_checkbox() = ToProto(result.checkbox);
  response.set_stage(stage);
  response.set_replayed(result.replayed);
  return response;
}

}  // namespace

CheckboxService::CheckboxService(Authenticator& authenticator, Store& store,
                                 CheckboxOperations& operations, ConfirmationWaiters& waiters,
                                 WatchHub& hub, WorkQueue& queue)
    : authenticator_(authenticator),
      store_(store),
      operations_(operations),
      waiters_(waiters),
      hub_(hub),
      queue_(queue) {}

grpc::ServerUnaryReactor* CheckboxService::CreateCheckbox(grpc::CallbackServerContext* context,
                                                          const v1::CreateCheckboxRequest* request,
                                                          v1::CreateCheckboxResponse* response) {
  const auto caller = Authorize(*context, authenticator_, kAdminScope);
  if (!caller.ok()) return Refuse(context, caller.status());
  return Answer(context, queue_, response, [this, request, label = caller->label] {
    return operations_.Create(*request, label);
  });
}

grpc::ServerUnaryReactor* CheckboxService::GetCheckbox(grpc::CallbackServerContext* context,
                                                       const v1::GetCheckboxRequest* request,
                                                       v1::GetCheckboxResponse* response) {
  const auto caller = Authorize(*context, authenticator_, kReadScope);
  if (!caller.ok()) return Refuse(context, caller.status());
  return Answer(context, queue_, response, [this, request] { return operations_.Get(*request); });
}

grpc::ServerUnaryReactor* CheckboxService::ListCheckboxes(grpc::CallbackServerContext* context,
                                                          const v1::ListCheckboxesRequest* request,
                                                          v1::ListCheckboxesResponse* response) {
  const auto caller = Authorize(*context, authenticator_, kReadScope);
  if (!caller.ok()) return Refuse(context, caller.status());
  return Answer(context, queue_, response, [this, request] { return operations_.List(*request); });
}

grpc::ServerUnaryReactor* CheckboxService::ListHistory(grpc::CallbackServerContext* context,
                                                       const v1::ListHistoryRequest* request,
                                                       v1::ListHistoryResponse* response) {
  const auto caller = Authorize(*context, authenticator_, kReadScope);
  if (!caller.ok()) return Refuse(context, caller.status());
  return Answer(context, queue_, response,
                [this, request] { return operations_.History(*request); });
}

grpc::ServerUnaryReactor* CheckboxService::UpdateCheckbox(grpc::CallbackServerContext* context,
                                                          const v1::UpdateCheckboxRequest* request,
                                                          v1::UpdateCheckboxResponse* response) {
  const auto caller = Authorize(*context, authenticator_, kAdminScope);
  if (!caller.ok()) return Refuse(context, caller.status());
  return Answer(context, queue_, response, [this, request, label = caller->label] {
    return operations_.Update(*request, label);
  });
}

grpc::ServerUnaryReactor* CheckboxService::DeleteCheckbox(grpc::CallbackServerContext* context,
                                                          const v1::DeleteCheckboxRequest* request,
                                                          v1::DeleteCheckboxResponse* response) {
  const auto caller = Authorize(*context, authenticator_, kAdminScope);
  if (!caller.ok()) return Refuse(context, caller.status());
  return Answer(context, queue_, response, [this, request, label = caller->label] {
    return operations_.Delete(*request, label);
  });
}

grpc::ServerUnaryReactor* CheckboxService::SetCheckbox(grpc::CallbackServerContext* context,
                                                       const v1::SetCheckboxRequest* request,
                                                       v1::SetCheckboxResponse* response) {
  const auto caller = Authorize(*context, authenticator_, kSetScope);
  if (!caller.ok()) return Refuse(context, caller.status());
  const auto deadline = WaitDeadline(*context, *request);
  if (!deadline.ok()) return Refuse(context, deadline.status());
  auto* reactor = context->DefaultReactor();
  queue_.Post([this, request, label = caller->label, deadline = *deadline,
               done = FinishWith(reactor, response)]() mutable {
    Set(*request, label, deadline, std::move(done));
  });
  return reactor;
}

void CheckboxService::Set(const v1::SetCheckboxRequest& request, const std::string& caller,
                          absl::Time deadline, SetDone done) {
  auto result = operations_.Set(request, caller);
  if (!result.ok()) return done(result.status());
  const bool waits = request.wait_for() == v1::CONFIRMATION_STAGE_CONFIRMED;
  if (result->command_id.empty()) {
    return done(ToResponse(*result, v1::CONFIRMATION_STAGE_CONFIRMED));
  }
  if (!waits) return done(ToResponse(*result, v1::CONFIRMATION_STAGE_ACCEPTED));
  const std::string id = result->command_id;
  waiters_.Wait(id, deadline,
                Completion<bool>([this, result = *std::move(result),
                                  done = std::move(done)](absl::StatusOr<bool> confirmed) mutable {
                  if (!confirmed.ok()) return done(confirmed.status());
                  if (!*confirmed) return done(NotConfirmed(result.checkbox));
                  const absl::Status read = store_.Read([&](Transaction& transaction) {
                    auto now = FindCheckbox(transaction, result.checkbox.name);
                    if (now.ok()) result.checkbox = *std::move(now);
                    return now.status();
                  });
                  if (!read.ok()) return done(read);
                  done(ToResponse(result, v1::CONFIRMATION_STAGE_CONFIRMED));
                }));
}

grpc::ServerWriteReactor<v1::WatchCheckboxesResponse>* CheckboxService::WatchCheckboxes(
    grpc::CallbackServerContext* context, const v1::WatchCheckboxesRequest* request) {
  const auto caller = Authorize(*context, authenticator_, kReadScope);
  if (!caller.ok()) return CheckboxWatch::Refuse(caller.status(), store_, queue_, hub_);
  return CheckboxWatch::Start(*request, store_, queue_, hub_);
}

}  // namespace chatwire::mqtt
