#include "mqtt-service/domain/deadline_rules.h"

#include "mqtt-service/domain/command_end.h"
#include "mqtt-service/domain/reply_text.h"

namespace chatwire::mqtt {
namespace {

constexpr absl::Duration kDay = absl::Hours(24);

/// How the checkbox is once nothing is wanted of it any more.
Checkbox FallenBack(Checkbox checkbox, absl::Time now) {
  checkbox.pending_command.clear();
  if (checkbox.desired != checkbox.reported) {
    checkbox.desired = checkbox.reported;
    checkbox.version += 1;
    checkbox.last_change = {ChangeSource::kExpiry, "", now};
  }
  return checkbox;
}

std::string GivenUpText(const Command& command, CommandStatus status, const Checkbox& checkbox) {
  if (status == CommandStatus::kRefused)
    return reply_text::Refused(checkbox, command.origin.language);
  // Who was told "I give up in N s" knows.
  return command.told_unconfirmed ? "" : reply_text::GivenUp(checkbox, command.origin.language);
}

}  // namespace

DeadlineRules::DeadlineRules(const Announcer& announcer, const Clock& clock)
    : announcer_(announcer), clock_(clock) {}

void DeadlineRules::Apply(Transaction& transaction) const {
  const absl::Time now = clock_.Now();
  for (Command& command : transaction.commands().Due(now)) {
    if (command.expire_time <= now) {
      GiveUp(transaction, command, CommandStatus::kExpired);
      continue;
    }
    const auto checkbox = transaction.checkboxes().Find(command.checkbox);
    if (!checkbox.has_value()) continue;
    OweReply(transaction, command.origin, ReplyPhase::kAnswer,
             reply_text::Unconfirmed(*checkbox, command, now));
    command.told_unconfirmed = true;
    transaction.commands().Update(command);
  }
}

void DeadlineRules::GiveUp(Transaction& transaction, Command& command, CommandStatus status) const {
  const auto found = transaction.checkboxes().Find(command.checkbox);
  if (!found.has_value()) return;
  EndCommand(transaction, command, status, GivenUpText(command, status, *found));
  // A newer command speaks for the checkbox now.
  if (found->pending_command != command.id) return;
  const Checkbox checkbox = FallenBack(*found, clock_.Now());
  transaction.checkboxes().Put(checkbox);
  const HistoryKind kind =
      status == CommandStatus::kRefused ? HistoryKind::kRefused : HistoryKind::kExpired;
  transaction.checkboxes().AddHistory(
      MakeHistoryEntry(checkbox, kind, {ChangeSource::kExpiry, "", clock_.Now()}));
  announcer_.State(transaction, checkbox);
}

void DeadlineRules::Published(Transaction& transaction, const std::string& id) const {
  auto command = transaction.commands().Find(id);
  if (!command.has_value()) return;
  const bool may_wait =
      command->status == CommandStatus::kPending || command->status == CommandStatus::kConfirmed;
  if (!may_wait) return;
  command->publish_stage = PublishStage::kAcknowledged;
  transaction.commands().Update(*command);
}

void DeadlineRules::Refused(Transaction& transaction, const std::string& id) const {
  auto command = transaction.commands().Find(id);
  if (!command.has_value() || command->status != CommandStatus::kPending) return;
  GiveUp(transaction, *command, CommandStatus::kRefused);
}

void DeadlineRules::Purge(Transaction& transaction, absl::Duration event_retention,
                          absl::Duration history_retention) const {
  const absl::Time now = clock_.Now();
  transaction.commands().Purge(now - kDay);
  transaction.requests().Purge(now - kDay);
  transaction.chat().Purge(now - event_retention, now - kDay);
  transaction.checkboxes().PurgeHistory(now - history_retention);
}

}  // namespace chatwire::mqtt
