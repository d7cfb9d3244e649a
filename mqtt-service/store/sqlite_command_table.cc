#include "mqtt-service/store/sqlite_command_table.h"

#include <algorithm>

namespace chatwire::mqtt {
namespace {

#define COMMAND_COLUMNS                                                                         \
  "id, checkbox, version, desired, status, publish_stage, create_time, confirm_deadline, "      \
  "expire_time, origin_account, origin_from, origin_event, told_unconfirmed, origin_language, " \
  "origin_part, origin_quiet, origin_place"

Command Row(const Query& query) {
  Command command;
  command.id = query.GetText(0);
  command.checkbox = query.GetText(1);
  command.version = query.GetInt(2);
  command.desired = static_cast<SwitchState>(query.GetInt(3));
  command.status = static_cast<CommandStatus>(query.GetInt(4));
  command.publish_stage = static_cast<PublishStage>(query.GetInt(5));
  command.create_time = query.GetTime(6, absl::UnixEpoch());
  command.confirm_deadline = query.GetTime(7, absl::UnixEpoch());
  command.expire_time = query.GetTime(8, absl::UnixEpoch());
  command.origin.account = query.GetText(9);
  command.origin.from = query.GetText(10);
  command.origin.event_id = query.GetText(11);
  command.told_unconfirmed = query.GetBool(12);
  command.origin.language = static_cast<Language>(query.GetInt(13));
  command.origin.part = static_cast<int>(query.GetInt(14));
  command.origin.quiet = query.GetBool(15);
  command.origin.place = static_cast<ChatPlace>(query.GetInt(16));
  return command;
}

std::vector<Command> Rows(Query& query) {
  std::vector<Command> rows;
  while (query.Next()) rows.push_back(Row(query));
  return rows;
}

absl::Time NextDeadlineOf(const Command& command) {
  return command.told_unconfirmed ? command.expire_time
                                  : std::min(command.confirm_deadline, command.expire_time);
}

}  // namespace

void SqliteCommandTable::Add(const Command& command) {
  queries_("INSERT INTO command(" COMMAND_COLUMNS
           ", next_deadline) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
      .Text(command.id)
      .Text(command.checkbox)
      .Int(command.version)
      .Int(static_cast<int64_t>(command.desired))
      .Int(static_cast<int64_t>(command.status))
      .Int(static_cast<int64_t>(command.publish_stage))
      .Time(command.create_time)
      .Time(command.confirm_deadline)
      .Time(command.expire_time)
      .Text(command.origin.account)
      .Text(command.origin.from)
      .Text(command.origin.event_id)
      .Int(command.told_unconfirmed ? 1 : 0)
      .Int(static_cast<int64_t>(command.origin.language))
      .Int(command.origin.part)
      .Int(command.origin.quiet ? 1 : 0)
      .Int(static_cast<int64_t>(command.origin.place))
      .Time(NextDeadlineOf(command))
      .Run();
  commit_.commands = true;
}

void SqliteCommandTable::Update(const Command& command) {
  queries_(
      "UPDATE command SET status = ?, publish_stage = ?, told_unconfirmed = ?, next_deadline = ? "
      "WHERE id = ?")
      .Int(static_cast<int64_t>(command.status))
      .Int(static_cast<int64_t>(command.publish_stage))
      .Int(command.told_unconfirmed ? 1 : 0)
      .Time(NextDeadlineOf(command))
      .Text(command.id)
      .Run();
  commit_.commands = true;
  if (command.status != CommandStatus::kPending) commit_.ended_commands.push_back(command.id);
}

std::optional<Command> SqliteCommandTable::Find(const std::string& id) {
  auto query = queries_("SELECT " COMMAND_COLUMNS " FROM command WHERE id = ?");
  query.Text(id);
  if (!query.Next()) return std::nullopt;
  return Row(query);
}

std::vector<Command> SqliteCommandTable::Pending(const std::string& checkbox) {
  auto query = queries_("SELECT " COMMAND_COLUMNS
                        " FROM command WHERE checkbox = ? AND status = 0 ORDER BY version");
  query.Text(checkbox);
  return Rows(query);
}

std::vector<Command> SqliteCommandTable::Due(absl::Time now) {
  auto query = queries_("SELECT " COMMAND_COLUMNS
                        " FROM command WHERE status = 0 AND next_deadline <= ? "
                        "ORDER BY next_deadline, version");
  query.Time(now);
  return Rows(query);
}

absl::Time SqliteCommandTable::NextDeadline() {
  auto query = queries_("SELECT MIN(next_deadline) FROM command WHERE status = 0");
  return query.Next() ? query.GetTime(0, absl::InfiniteFuture()) : absl::InfiniteFuture();
}

void SqliteCommandTable::Purge(absl::Time time) {
  queries_("DELETE FROM command WHERE status <> 0 AND create_time < ?").Time(time).Run();
}

#undef COMMAND_COLUMNS

}  // namespace chatwire::mqtt
