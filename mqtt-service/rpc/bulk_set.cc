#include "mqtt-service/rpc/bulk_set.h"

#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/error.h"
#include "mqtt-service/domain/idempotency.h"
#include "mqtt-service/domain/name_match.h"
#include "mqtt-service/rpc/request_content.h"
#include "mqtt-service/wire/checkbox_proto.h"

namespace chatwire::mqtt {
namespace {

constexpr int kMostWishes = 1000;

using Wishes = std::vector<v1::CheckboxWish>;

absl::Status CheckWishes(const v1::SetCheckboxesRequest& request) {
  const bool by_name = request.wishes_size() > 0;
  if (by_name == request.label().empty() && request.wishes_size() <= kMostWishes) {
    return request.label().empty() ? absl::OkStatus() : ActionFromProto(request.action()).status();
  }
  return MakeError(absl::StatusCode::kInvalidArgument, {kErrorDomain, "BAD_WISHES"},
                   absl::StrCat("give either 1 to ", kMostWishes, " `wishes` or a `label`"));
}

/// The wishes as they are, or one for each checkbox with the label.
absl::StatusOr<Wishes> WishesOf(Transaction& transaction, const v1::SetCheckboxesRequest& request) {
  if (request.label().empty()) return Wishes(request.wishes().begin(), request.wishes().end());
  Wishes wishes;
  for (const Checkbox& checkbox :
       MatchLabel(transaction.checkboxes(), request.label()).checkboxes) {
    wishes.emplace_back().set_name(checkbox.name);
    wishes.back().set_action(request.action());
  }
  if (!wishes.empty()) return wishes;
  const auto nearest =
      NearestLabels(request.label(), transaction.checkboxes().List("", kEveryCheckbox));
  return MakeError(absl::StatusCode::kNotFound, {kErrorDomain, "LABEL_NOT_FOUND"},
                   absl::StrCat("no checkbox has the label \"", request.label(), "\""),
                   {{"nearest", absl::StrJoin(nearest, ",")}});
}

/// The checkbox of that name. Unlike FindCheckbox it looks for no similar names: a thousand wrong
/// ones would take too long.
absl::StatusOr<Checkbox> Find(Transaction& transaction, const std::string& name) {
  const absl::Status good = CheckName(name);
  if (!good.ok()) return good;
  const auto checkbox = transaction.checkboxes().Find(name);
  if (checkbox.has_value() && !checkbox->deleted) return *checkbox;
  return MakeError(absl::StatusCode::kNotFound, {kErrorDomain, "CHECKBOX_NOT_FOUND"},
                   absl::StrCat("there is no checkbox \"", name, "\""));
}

/// An error of one leaves nothing of it behind: the rules look before they write.
absl::StatusOr<Checkbox> SetOne(Transaction& transaction, const CheckboxRules& rules,
                                const v1::CheckboxWish& proto, const std::string& caller) {
  const auto action = ActionFromProto(proto.action());
  if (!action.ok()) return action.status();
  const auto found = Find(transaction, proto.name());
  if (!found.ok()) return found.status();
  SetWish wish;
  wish.name = proto.name();
  wish.action = *action;
  wish.expected_version = proto.expected_version();
  wish.source = ChangeSource::kRpc;
  wish.actor = caller;
  auto outcome = rules.Set(transaction, wish);
  if (!outcome.ok()) return outcome.status();
  return outcome->checkbox;
}

void AddResult(const std::string& name, const absl::StatusOr<Checkbox>& checkbox,
               v1::SetCheckboxesResponse& response) {
  v1::CheckboxResult& result = *response.add_results();
  result.set_name(name);
  if (checkbox.ok()) {
    *result.mutable_checkbox() = ToProto(*checkbox);
    return;
  }
  result.set_error_reason(ReasonOf(checkbox.status()));
  result.set_error_message(std::string(checkbox.status().message()));
  int64_t version = 0;
  const ErrorMetadata metadata = MetadataOf(checkbox.status());
  const auto current = metadata.find("version");
  if (current != metadata.end() && absl::SimpleAtoi(current->second, &version)) {
    result.set_current_version(version);
  }
}

}  // namespace

BulkSet::BulkSet(Store& store, const CheckboxRules& rules, const Clock& clock)
    : store_(store), rules_(rules), clock_(clock) {}

absl::StatusOr<v1::SetCheckboxesResponse> BulkSet::Set(const v1::SetCheckboxesRequest& request,
                                                       const std::string& caller) {
  absl::Status good = CheckRequestId(request.request_id());
  if (good.ok()) good = CheckWishes(request);
  if (!good.ok()) return good;
  const std::string content = ContentOf("set many ", request);
  v1::SetCheckboxesResponse response;
  const absl::Status status = store_.Write([&](Transaction& transaction) {
    const auto earlier = FindRepetition(transaction, request.request_id(), content);
    if (!earlier.ok()) return earlier.status();
    const auto wishes = WishesOf(transaction, request);
    if (!wishes.ok()) return wishes.status();
    response.set_replayed(earlier->has_value());
    for (const v1::CheckboxWish& wish : *wishes) {
      AddResult(wish.name(),
                earlier->has_value() ? Find(transaction, wish.name())
                                     : SetOne(transaction, rules_, wish, caller),
                response);
    }
    if (!earlier->has_value()) {
      transaction.requests().Add({request.request_id(), content, "", clock_.Now()});
    }
    return absl::OkStatus();
  });
  if (!status.ok()) return status;
  return response;
}

}  // namespace chatwire::mqtt
