#include "mqtt-service/domain/report_rules.h"

#include <cstddef>
#include <vector>

#include "mqtt-service/domain/command_end.h"
#include "mqtt-service/domain/reply_text.h"
#include "mqtt-service/domain/watch_notice.h"

namespace chatwire::mqtt {
namespace {

/// Which of the pending commands a report answers: [first, last] are answered, those before first
/// are overtaken. Empty where count is 0.
struct Answered {
  size_t first = 0;
  size_t count = 0;
  bool followed = true;
  /// The report names its command.
  bool named = false;
};

Answered ByCommand(const std::vector<Command>& pending, size_t named, SwitchState state) {
  if (pending[named].desired != state) return {named, 1, false, true};
  size_t first = named;
  while (first > 0 && pending[first - 1].desired == state) --first;
  return {first, named - first + 1, true, true};
}

Answered ByState(const std::vector<Command>& pending, SwitchState state) {
  for (size_t first = 0; first < pending.size(); ++first) {
    if (pending[first].desired != state) continue;
    size_t count = 1;
    while (first + count < pending.size() && pending[first + count].desired == state) ++count;
    return {first, count, true};
  }
  return {};
}

Answered WhatIsAnswered(Transaction& transaction, const std::vector<Command>& pending,
                        const DeviceReport& report) {
  for (size_t i = 0; i < pending.size(); ++i) {
    if (pending[i].id == report.command_id) return ByCommand(pending, i, report.state);
  }
  // A second answer to a command that has ended must not pass for the answer to a later one.
  const bool names_ended =
      !report.command_id.empty() && transaction.commands().Find(report.command_id).has_value();
  if (names_ended) return {};
  const Answered answered = ByState(pending, report.state);
  return report.retained && answered.first > 0 ? Answered{} : answered;
}

/// Whether the report says again what a command has ended with, or what a newer answer has
/// overtaken. The broker repeats to us what it has no acknowledgement for, and so does the device
/// to the broker, which does not tell us: a connection's end makes a good device say old things
/// again.
bool IsRepetition(Transaction& transaction, const DeviceReport& report) {
  if (report.command_id.empty()) return false;
  const auto command = transaction.commands().Find(report.command_id);
  if (!command.has_value()) return false;
  const bool as_asked = command->desired == report.state;
  switch (command->status) {
    case CommandStatus::kConfirmed:
    case CommandStatus::kOvertaken:
      return as_asked;
    case CommandStatus::kNotFollowed:
      return !as_asked;
    default:
      return false;
  }
}

/// A command was given up, and its answer comes all the same: the next time it is a repetition.
void NoteLateAnswer(Transaction& transaction, const DeviceReport& report) {
  if (report.command_id.empty()) return;
  auto command = transaction.commands().Find(report.command_id);
  if (!command.has_value() || command->status != CommandStatus::kExpired) return;
  command->status =
      command->desired == report.state ? CommandStatus::kConfirmed : CommandStatus::kNotFollowed;
  transaction.commands().Update(*command);
}

void EndAnswered(Transaction& transaction, std::vector<Command>& pending, const Answered& answered,
                 const Checkbox& checkbox) {
  for (size_t i = 0; answered.count > 0 && i < answered.first; ++i) {
    EndCommand(transaction, pending[i], CommandStatus::kOvertaken,
               reply_text::Overtaken(checkbox, pending[i].origin.language));
  }
  for (size_t i = answered.first; i < answered.first + answered.count; ++i) {
    if (answered.named) transaction.outbox().RemoveCommand(pending[i].id);
    EndCommand(transaction, pending[i],
               answered.followed ? CommandStatus::kConfirmed : CommandStatus::kNotFollowed,
               answered.followed ? reply_text::Confirmed(checkbox, pending[i].origin.language)
                                 : reply_text::NotFollowed(checkbox, pending[i].origin.language));
  }
}

/// Who is answered by the report.
std::vector<ChatOrigin> OriginsOf(const std::vector<Command>& pending, const Answered& answered) {
  std::vector<ChatOrigin> origins;
  for (size_t i = 0; answered.count > 0 && i < answered.first + answered.count; ++i) {
    origins.push_back(pending[i].origin);
  }
  return origins;
}

}  // namespace

ReportRules::ReportRules(const Announcer& announcer, const Clock& clock)
    : announcer_(announcer), clock_(clock) {}

bool ReportRules::Report(Transaction& transaction, const DeviceReport& report) const {
  const auto found = transaction.checkboxes().Find(report.checkbox);
  if (!found.has_value() || found->deleted) return false;
  if (IsRepetition(transaction, report)) return true;
  NoteLateAnswer(transaction, report);
  const Checkbox& before = *found;
  Checkbox now = before;
  now.reported = report.state;
  now.report_time = clock_.Now();
  std::vector<Command> pending = transaction.commands().Pending(report.checkbox);
  const Answered answered = WhatIsAnswered(transaction, pending, report);
  EndAnswered(transaction, pending, answered, now);
  const bool none_left =
      pending.empty() || (answered.count > 0 && answered.first + answered.count == pending.size());
  if (none_left) {
    now.pending_command.clear();
    if (now.desired != report.state) {
      now.desired = report.state;
      now.version += 1;
      now.last_change = {ChangeSource::kDevice, "", now.report_time};
    }
  }
  transaction.checkboxes().Put(now);
  const bool changed = now.reported != before.reported || now.version != before.version ||
                       now.pending_command != before.pending_command || answered.count > 0;
  if (changed) {
    transaction.checkboxes().AddHistory(MakeHistoryEntry(
        now, HistoryKind::kReported, {ChangeSource::kDevice, "", now.report_time}));
    announcer_.State(transaction, now);
  }
  if (now.reported != before.reported) {
    const Change own{ChangeSource::kDevice, "", now.report_time};
    TellWatchers(transaction, now, answered.count > 0 ? before.last_change : own,
                 OriginsOf(pending, answered));
  }
  return true;
}

bool ReportRules::SetAvailability(Transaction& transaction, const std::string& name,
                                  Availability availability) const {
  auto checkbox = transaction.checkboxes().Find(name);
  if (!checkbox.has_value() || checkbox->deleted) return false;
  if (checkbox->availability == availability) return true;
  checkbox->availability = availability;
  transaction.checkboxes().Put(*checkbox);
  announcer_.State(transaction, *checkbox);
  return true;
}

}  // namespace chatwire::mqtt
