#include "mqtt-service/domain/checkbox_rules.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/error.h"
#include "common/uuid.h"
#include "mqtt-service/domain/command_end.h"
#include "mqtt-service/domain/config_rules.h"
#include "mqtt-service/domain/name_match.h"
#include "mqtt-service/domain/reply_text.h"
#include "mqtt-service/domain/watch_notice.h"

namespace chatwire::mqtt {
namespace {

absl::Status CheckVersion(const Checkbox& checkbox, int64_t expected_version) {
  if (expected_version == 0 || expected_version == checkbox.version) return absl::OkStatus();
  return MakeError(
      absl::StatusCode::kAborted, {kErrorDomain, "VERSION_MISMATCH"},
      absl::StrCat("version ", expected_version, " was expected, but ", checkbox.name,
                   " is at version ", checkbox.version, "; read it again and decide anew"),
      {{"version", absl::StrCat(checkbox.version)}});
}

}  // namespace

absl::StatusOr<Checkbox> FindCheckbox(Transaction& transaction, const std::string& name) {
  const absl::Status good = CheckName(name);
  if (!good.ok()) return good;
  const auto checkbox = transaction.checkboxes().Find(name);
  if (checkbox.has_value() && !checkbox->deleted) return *checkbox;
  const auto nearest = NearestNames(name, transaction.checkboxes().List("", kEveryCheckbox));
  const std::string hint =
      nearest.empty() ? "" : absl::StrCat("; did you mean ", absl::StrJoin(nearest, " or "), "?");
  return MakeError(absl::StatusCode::kNotFound, {kErrorDomain, "CHECKBOX_NOT_FOUND"},
                   absl::StrCat("there is no checkbox \"", name, "\"", hint),
                   {{"nearest", absl::StrJoin(nearest, ",")}});
}

CheckboxRules::CheckboxRules(const Announcer& announcer, const Clock& clock, CommandTimes times)
    : announcer_(announcer), clock_(clock), times_(times) {}

absl::StatusOr<Checkbox> CheckboxRules::Create(Transaction& transaction,
                                               const CheckboxConfig& config,
                                               const std::string& actor) const {
  const absl::Status good = CheckConfig(transaction, config, announcer_.topics().base());
  const auto old = transaction.checkboxes().Find(config.name);
  if (old.has_value() && !old->deleted) {
    return MakeError(absl::StatusCode::kAlreadyExists, {kErrorDomain, "CHECKBOX_EXISTS"},
                     absl::StrCat("there is already a checkbox \"", config.name, "\""));
  }
  if (!good.ok()) return good;
  Checkbox checkbox;
  static_cast<CheckboxConfig&>(checkbox) = config;
  checkbox.version = old.has_value() ? old->version : 0;
  checkbox.create_time = clock_.Now();
  transaction.checkboxes().Put(checkbox);
  transaction.checkboxes().AddHistory(MakeHistoryEntry(
      checkbox, HistoryKind::kCreated, {ChangeSource::kRpc, actor, checkbox.create_time}));
  announcer_.State(transaction, checkbox);
  return checkbox;
}

absl::StatusOr<Checkbox> CheckboxRules::Update(Transaction& transaction, const std::string& name,
                                               const CheckboxChange& change,
                                               const std::string& actor) const {
  auto checkbox = FindCheckbox(transaction, name);
  if (!checkbox.ok()) return checkbox.status();
  const CheckboxConfig before = *checkbox;
  Apply(change, *checkbox);
  const absl::Status good = CheckConfig(transaction, *checkbox, announcer_.topics().base());
  if (!good.ok()) return good;
  if (static_cast<const CheckboxConfig&>(*checkbox) == before) return checkbox;
  if (checkbox->device != before.device) StartOver(transaction, *checkbox, actor);
  transaction.checkboxes().Put(*checkbox);
  transaction.checkboxes().AddHistory(MakeHistoryEntry(*checkbox, HistoryKind::kUpdated,
                                                       {ChangeSource::kRpc, actor, clock_.Now()}));
  announcer_.State(transaction, *checkbox);
  return checkbox;
}

void CheckboxRules::StartOver(Transaction& transaction, Checkbox& checkbox,
                              const std::string& actor) const {
  for (Command& command : transaction.commands().Pending(checkbox.name)) {
    EndCommand(transaction, command, CommandStatus::kExpired,
               reply_text::GivenUp(checkbox, command.origin.language));
  }
  if (checkbox.desired != SwitchState::kUnknown) {
    checkbox.version += 1;
    checkbox.last_change = {ChangeSource::kRpc, actor, clock_.Now()};
  }
  checkbox.desired = checkbox.reported = SwitchState::kUnknown;
  checkbox.report_time = absl::InfinitePast();
  checkbox.availability = Availability::kUnknown;
  checkbox.pending_command.clear();
}

absl::Status CheckboxRules::Delete(Transaction& transaction, const std::string& name,
                                   int64_t expected_version, const std::string& actor) const {
  auto checkbox = FindCheckbox(transaction, name);
  if (!checkbox.ok()) return checkbox.status();
  const absl::Status fits = CheckVersion(*checkbox, expected_version);
  if (!fits.ok()) return fits;
  for (Command& command : transaction.commands().Pending(name)) {
    EndCommand(transaction, command, CommandStatus::kExpired,
               reply_text::Deleted(name, command.origin.language));
  }
  checkbox->deleted = true;
  checkbox->pending_command.clear();
  transaction.checkboxes().Put(*checkbox);
  transaction.checkboxes().AddHistory(MakeHistoryEntry(*checkbox, HistoryKind::kDeleted,
                                                       {ChangeSource::kRpc, actor, clock_.Now()}));
  transaction.watches().RemoveCheckbox(name);
  announcer_.Clear(transaction, name);
  return absl::OkStatus();
}

absl::StatusOr<SetOutcome> CheckboxRules::Set(Transaction& transaction, const SetWish& wish) const {
  auto checkbox = FindCheckbox(transaction, wish.name);
  if (!checkbox.ok()) return checkbox.status();
  const absl::Status fits = CheckVersion(*checkbox, wish.expected_version);
  if (!fits.ok()) return fits;
  const absl::Time now = clock_.Now();
  checkbox->desired = ResolveAction(wish.action, *checkbox);
  checkbox->version += 1;
  checkbox->last_change = {wish.source, wish.actor, now};
  SetOutcome outcome;
  const SwitchState before = checkbox->reported;
  if (checkbox->virtual_device) {
    checkbox->reported = checkbox->desired;
    checkbox->report_time = now;
  } else {
    const Command command = MakeCommand(*checkbox, wish);
    checkbox->pending_command = command.id;
    outcome.command_id = command.id;
    transaction.commands().Add(command);
    announcer_.Ask(transaction, *checkbox, command);
  }
  transaction.checkboxes().Put(*checkbox);
  transaction.checkboxes().AddHistory(
      MakeHistoryEntry(*checkbox, HistoryKind::kSet, checkbox->last_change, wish.origin.event_id));
  if (checkbox->reported != before) {
    TellWatchers(transaction, *checkbox, checkbox->last_change, {wish.origin});
  }
  announcer_.State(transaction, *checkbox);
  outcome.checkbox = *checkbox;
  return outcome;
}

Command CheckboxRules::MakeCommand(const Checkbox& checkbox, const SetWish& wish) const {
  Command command;
  command.id = RandomUuid();
  command.checkbox = checkbox.name;
  command.version = checkbox.version;
  command.desired = checkbox.desired;
  command.create_time = checkbox.last_change.time;
  command.confirm_deadline = command.create_time + times_.confirm_timeout;
  command.expire_time = command.create_time + times_.expiry;
  command.origin = wish.origin;
  return command;
}

void CheckboxRules::AnnounceAll(Transaction& transaction) const {
  announcer_.Online(transaction);
  for (const Checkbox& checkbox : transaction.checkboxes().List("", kEveryCheckbox)) {
    announcer_.State(transaction, checkbox);
  }
}

}  // namespace chatwire::mqtt
