#include "mqtt-service/rpc/checkbox_transfer.h"

#include <algorithm>
#include <set>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/error.h"
#include "mqtt-service/domain/idempotency.h"
#include "mqtt-service/domain/spoken_word.h"
#include "mqtt-service/rpc/request_content.h"
#include "mqtt-service/wire/checkbox_json.h"
#include "mqtt-service/wire/checkbox_proto.h"

namespace chatwire::mqtt {
namespace {

/// Ends a transaction whose changes are not wanted.
absl::Status RollBack() { return absl::CancelledError("nothing is to be changed"); }

CheckboxChange Everything(const CheckboxConfig& config) {
  CheckboxChange change;
  change.title = config.title;
  change.aliases = config.aliases;
  change.labels = config.labels;
  change.chat_allow = config.chat_allow;
  change.device = config.device;
  return change;
}

/// Does one line.
class Importer {
 public:
  Importer(Transaction& transaction, const CheckboxRules& rules, const std::string& caller)
      : transaction_(transaction), rules_(rules), caller_(caller) {}

  absl::StatusOr<v1::ImportOutcome> Do(const ConfigLine& line) {
    if (!line.status.ok()) return line.status;
    const CheckboxConfig& wanted = line.config;
    if (!seen_.insert(wanted.name).second) {
      return MakeError(absl::StatusCode::kInvalidArgument, {kErrorDomain, "DUPLICATE_LINE"},
                       absl::StrCat("an earlier line has the name \"", wanted.name, "\""));
    }
    const auto found = transaction_.checkboxes().Find(wanted.name);
    if (!found.has_value() || found->deleted) {
      const auto created = rules_.Create(transaction_, wanted, caller_);
      if (!created.ok()) return created.status();
      return v1::IMPORT_OUTCOME_CREATED;
    }
    if (static_cast<const CheckboxConfig&>(*found) == wanted) return v1::IMPORT_OUTCOME_UNCHANGED;
    if (found->virtual_device != wanted.virtual_device) {
      return MakeError(
          absl::StatusCode::kFailedPrecondition, {kErrorDomain, "VIRTUAL_FIXED"},
          absl::StrCat(wanted.name, found->virtual_device ? " has no device" : " has a device",
                       ", and that cannot be changed; delete it first"));
    }
    const auto updated = rules_.Update(transaction_, wanted.name, Everything(wanted), caller_);
    if (!updated.ok()) return updated.status();
    return v1::IMPORT_OUTCOME_UPDATED;
  }

 private:
  Transaction& transaction_;
  const CheckboxRules& rules_;
  const std::string& caller_;
  std::set<std::string> seen_;
};

/// Does all of them. Returns whether each one is good.
bool DoAll(const std::vector<ConfigLine>& lines, Importer importer,
           v1::ImportCheckboxesResponse& response) {
  bool good = true;
  for (const ConfigLine& line : lines) {
    const auto outcome = importer.Do(line);
    v1::ImportResult& result = *response.add_results();
    result.set_line(line.number);
    result.set_name(line.config.name);
    result.set_outcome(outcome.ok() ? *outcome : v1::IMPORT_OUTCOME_FAILED);
    if (outcome.ok()) continue;
    good = false;
    result.set_error_reason(ReasonOf(outcome.status()));
    result.set_error_message(std::string(outcome.status().message()));
  }
  return good;
}

}  // namespace

CheckboxTransfer::CheckboxTransfer(Store& store, const CheckboxRules& rules, const Clock& clock)
    : store_(store), rules_(rules), clock_(clock) {}

absl::StatusOr<v1::ExportCheckboxesResponse> CheckboxTransfer::Export(
    const v1::ExportCheckboxesRequest& request) {
  const auto size = PageSize(request.page_size());
  if (!size.ok()) return size.status();
  const auto after = ParsePageToken(request.page_token());
  if (!after.ok()) return after.status();
  v1::ExportCheckboxesResponse response;
  const absl::Status status = store_.Read([&](Transaction& transaction) {
    const int64_t limit = int64_t{*size} + 1;
    int32_t taken = 0;
    std::string last;
    for (const Checkbox& checkbox :
         request.label().empty()
             ? transaction.checkboxes().List(*after, limit)
             : transaction.checkboxes().ListLabelled(SpokenKey(request.label()), *after, limit)) {
      if (taken == *size || response.document().size() > kLargestPageBytes) {
        response.set_next_page_token(MakePageToken(last));
        break;
      }
      absl::StrAppend(response.mutable_document(), ConfigJson(checkbox), "\n");
      last = checkbox.name;
      ++taken;
    }
    return absl::OkStatus();
  });
  if (!status.ok()) return status;
  return response;
}

absl::StatusOr<v1::ImportCheckboxesResponse> CheckboxTransfer::Import(
    const v1::ImportCheckboxesRequest& request, const std::string& caller) {
  const absl::Status good = CheckRequestId(request.request_id());
  if (!good.ok()) return good;
  const auto lines = ParseConfigDocument(request.document());
  if (!lines.ok()) return lines.status();
  const std::string content = ContentOf("import ", request);
  v1::ImportCheckboxesResponse response;
  bool keep = false;
  const absl::Status status = store_.Write([&](Transaction& transaction) {
    const auto earlier = FindRepetition(transaction, request.request_id(), content);
    if (!earlier.ok()) return earlier.status();
    response.set_replayed(earlier->has_value());
    const bool all_good = DoAll(*lines, Importer(transaction, rules_, caller), response);
    keep = all_good && !request.dry_run() && !earlier->has_value();
    if (!keep) return RollBack();
    transaction.requests().Add({request.request_id(), content, "", clock_.Now()});
    return absl::OkStatus();
  });
  if (!status.ok() && (keep || !absl::IsCancelled(status))) return status;
  response.set_applied(keep || response.replayed());
  return response;
}

}  // namespace chatwire::mqtt
