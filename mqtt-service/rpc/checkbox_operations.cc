#include "mqtt-service/rpc/checkbox_operations.h"

#include "absl/strings/str_cat.h"
#include "common/error.h"
#include "mqtt-service/domain/idempotency.h"
#include "mqtt-service/domain/spoken_word.h"
#include "mqtt-service/rpc/request_content.h"
#include "mqtt-service/wire/checkbox_proto.h"
#include "mqtt-service/wire/history_proto.h"

namespace chatwire::mqtt {
namespace {

/// Keeps the call, so that its repetition has no effect. Returns OK, for brevity where it is
/// called.
absl::Status Remember(Transaction& transaction, const std::string& id, const std::string& content,
                      const std::string& command_id, absl::Time now) {
  transaction.requests().Add({id, content, command_id, now});
  return absl::OkStatus();
}

/// Also a deleted checkbox has a history. Error: that of FindCheckbox.
absl::Status CheckHistoryName(Transaction& transaction, const std::string& name) {
  if (name.empty()) return absl::OkStatus();
  const bool known = CheckName(name).ok() && transaction.checkboxes().Find(name).has_value();
  return known ? absl::OkStatus() : FindCheckbox(transaction, name).status();
}

}  // namespace

CheckboxOperations::CheckboxOperations(Store& store, const CheckboxRules& rules, const Clock& clock)
    : store_(store), rules_(rules), clock_(clock) {}

absl::StatusOr<v1::CreateCheckboxResponse> CheckboxOperations::Create(
    const v1::CreateCheckboxRequest& request, const std::string& caller) {
  const absl::Status good = CheckRequestId(request.request_id());
  if (!good.ok()) return good;
  const std::string content = ContentOf("create ", request);
  const auto config = ConfigFromProto(request);
  if (!config.ok()) return config.status();
  v1::CreateCheckboxResponse response;
  const absl::Status status = store_.Write([&](Transaction& transaction) {
    const auto earlier = FindRepetition(transaction, request.request_id(), content);
    if (!earlier.ok()) return earlier.status();
    const auto checkbox = earlier->has_value() ? FindCheckbox(transaction, request.name())
                                               : rules_.Create(transaction, *config, caller);
    if (!checkbox.ok()) return checkbox.status();
    *response.mutable_checkbox() = ToProto(*checkbox);
    if (earlier->has_value()) return absl::OkStatus();
    return Remember(transaction, request.request_id(), content, "", clock_.Now());
  });
  if (!status.ok()) return status;
  return response;
}

absl::StatusOr<v1::GetCheckboxResponse> CheckboxOperations::Get(
    const v1::GetCheckboxRequest& request) {
  v1::GetCheckboxResponse response;
  const absl::Status status = store_.Read([&](Transaction& transaction) {
    const auto checkbox = FindCheckbox(transaction, request.name());
    if (checkbox.ok()) *response.mutable_checkbox() = ToProto(*checkbox);
    return checkbox.status();
  });
  if (!status.ok()) return status;
  return response;
}

absl::StatusOr<v1::ListCheckboxesResponse> CheckboxOperations::List(
    const v1::ListCheckboxesRequest& request) {
  const auto size = PageSize(request.page_size());
  if (!size.ok()) return size.status();
  const auto after = ParsePageToken(request.page_token());
  if (!after.ok()) return after.status();
  v1::ListCheckboxesResponse response;
  const absl::Status status = store_.Read([&](Transaction& transaction) {
    // One more than wanted tells whether there is a next page.
    const int64_t limit = int64_t{*size} + 1;
    size_t bytes = 0;
    for (const Checkbox& checkbox :
         request.label().empty()
             ? transaction.checkboxes().List(*after, limit)
             : transaction.checkboxes().ListLabelled(SpokenKey(request.label()), *after, limit)) {
      const int taken = response.checkboxes_size();
      if (taken == *size || (taken > 0 && bytes > kLargestPageBytes)) {
        response.set_next_page_token(MakePageToken(response.checkboxes(taken - 1).name()));
        break;
      }
      *response.add_checkboxes() = ToProto(checkbox);
      bytes += response.checkboxes(taken).ByteSizeLong();
    }
    return absl::OkStatus();
  });
  if (!status.ok()) return status;
  return response;
}

absl::StatusOr<v1::UpdateCheckboxResponse> CheckboxOperations::Update(
    const v1::UpdateCheckboxRequest& request, const std::string& caller) {
  const absl::Status good = CheckRequestId(request.request_id());
  if (!good.ok()) return good;
  const auto change = ChangeFromProto(request.checkbox(), request.update_mask());
  if (!change.ok()) return change.status();
  const std::string content = ContentOf("update ", request);
  const std::string& name = request.checkbox().name();
  v1::UpdateCheckboxResponse response;
  const absl::Status status = store_.Write([&](Transaction& transaction) {
    const auto earlier = FindRepetition(transaction, request.request_id(), content);
    if (!earlier.ok()) return earlier.status();
    const auto checkbox = earlier->has_value() ? FindCheckbox(transaction, name)
                                               : rules_.Update(transaction, name, *change, caller);
    if (!checkbox.ok()) return checkbox.status();
    *response.mutable_checkbox() = ToProto(*checkbox);
    if (earlier->has_value()) return absl::OkStatus();
    return Remember(transaction, request.request_id(), content, "", clock_.Now());
  });
  if (!status.ok()) return status;
  return response;
}

absl::StatusOr<v1::ListHistoryResponse> CheckboxOperations::History(
    const v1::ListHistoryRequest& request) {
  const auto size = PageSize(request.page_size());
  if (!size.ok()) return size.status();
  const auto before = ParseHistoryPageToken(request.page_token(), request.name());
  if (!before.ok()) return before.status();
  v1::ListHistoryResponse response;
  const absl::Status status = store_.Read([&](Transaction& transaction) {
    const absl::Status known = CheckHistoryName(transaction, request.name());
    if (!known.ok()) return known;
    const auto entries =
        transaction.checkboxes().History(request.name(), *before, int64_t{*size} + 1);
    for (const HistoryEntry& entry : entries) {
      if (response.entries_size() < *size) *response.add_entries() = ToProto(entry);
    }
    if (entries.size() > static_cast<size_t>(*size)) {
      const HistoryEntry& last = entries[static_cast<size_t>(*size) - 1];
      response.set_next_page_token(MakeHistoryPageToken(request.name(), last.id));
    }
    return absl::OkStatus();
  });
  if (!status.ok()) return status;
  return response;
}

absl::StatusOr<v1::DeleteCheckboxResponse> CheckboxOperations::Delete(
    const v1::DeleteCheckboxRequest& request, const std::string& caller) {
  const absl::Status good = CheckRequestId(request.request_id());
  if (!good.ok()) return good;
  const std::string content =
      absl::StrCat("delete ", request.name(), " ", request.expected_version());
  const absl::Status status = store_.Write([&](Transaction& transaction) {
    const auto earlier = FindRepetition(transaction, request.request_id(), content);
    if (!earlier.ok() || earlier->has_value()) return earlier.status();
    const absl::Status deleted =
        rules_.Delete(transaction, request.name(), request.expected_version(), caller);
    if (!deleted.ok()) return deleted;
    return Remember(transaction, request.request_id(), content, "", clock_.Now());
  });
  if (!status.ok()) return status;
  return v1::DeleteCheckboxResponse();
}

absl::StatusOr<SetResult> CheckboxOperations::Set(const v1::SetCheckboxRequest& request,
                                                  const std::string& caller) {
  const absl::Status good = CheckRequestId(request.request_id());
  if (!good.ok()) return good;
  const auto action = ActionFromProto(request.action());
  if (!action.ok()) return action.status();
  const std::string content =
      absl::StrCat("set ", request.name(), " ", request.action(), " ", request.expected_version());
  SetResult result;
  const absl::Status status = store_.Write([&](Transaction& transaction) {
    const auto earlier = FindRepetition(transaction, request.request_id(), content);
    if (!earlier.ok()) return earlier.status();
    if (earlier->has_value()) {
      const auto checkbox = FindCheckbox(transaction, request.name());
      if (checkbox.ok()) result = {*checkbox, (*earlier)->command_id, true};
      return checkbox.status();
    }
    SetWish wish;
    wish.name = request.name();
    wish.action = *action;
    wish.expected_version = request.expected_version();
    wish.source = ChangeSource::kRpc;
    wish.actor = caller;
    const auto outcome = rules_.Set(transaction, wish);
    if (!outcome.ok()) return outcome.status();
    result = {outcome->checkbox, outcome->command_id, false};
    return Remember(transaction, request.request_id(), content, outcome->command_id, clock_.Now());
  });
  if (!status.ok()) return status;
  return result;
}

}  // namespace chatwire::mqtt
