#include "mqtt-service/store/sqlite_checkbox_table.h"

namespace chatwire::mqtt {
namespace {

#define CHECKBOX_COLUMNS                                                                   \
  "name, title, virtual_device, desired, reported, version, availability, change_source, " \
  "change_actor, change_time, report_time, create_time, pending_command, deleted, change_sequence"

Checkbox Row(const Query& query) {
  Checkbox checkbox;
  checkbox.name = query.GetText(0);
  checkbox.title = query.GetText(1);
  checkbox.virtual_device = query.GetBool(2);
  checkbox.desired = static_cast<SwitchState>(query.GetInt(3));
  checkbox.reported = static_cast<SwitchState>(query.GetInt(4));
  checkbox.version = query.GetInt(5);
  checkbox.availability = static_cast<Availability>(query.GetInt(6));
  checkbox.last_change = {static_cast<ChangeSource>(query.GetInt(7)), query.GetText(8),
                          query.GetTime(9, absl::UnixEpoch())};
  checkbox.report_time = query.GetTime(10, absl::InfinitePast());
  checkbox.create_time = query.GetTime(11, absl::UnixEpoch());
  checkbox.pending_command = query.GetText(12);
  checkbox.deleted = query.GetBool(13);
  checkbox.change_sequence = query.GetInt(14);
  return checkbox;
}

std::vector<Checkbox> Rows(Query& query) {
  std::vector<Checkbox> rows;
  while (query.Next()) rows.push_back(Row(query));
  return rows;
}

}  // namespace

std::optional<Checkbox> SqliteCheckboxTable::Find(const std::string& name) {
  auto query = queries_("SELECT " CHECKBOX_COLUMNS " FROM checkbox WHERE name = ?");
  query.Text(name);
  if (!query.Next()) return std::nullopt;
  return Row(query);
}

std::vector<Checkbox> SqliteCheckboxTable::List(const std::string& after, int64_t limit) {
  auto query = queries_("SELECT " CHECKBOX_COLUMNS
                        " FROM checkbox WHERE name > ? AND deleted = 0 ORDER BY name LIMIT ?");
  query.Text(after).Int(limit);
  return Rows(query);
}

std::vector<Checkbox> SqliteCheckboxTable::ChangedSince(int64_t sequence, int64_t limit) {
  auto query =
      queries_("SELECT " CHECKBOX_COLUMNS
               " FROM checkbox WHERE change_sequence > ? ORDER BY change_sequence LIMIT ?");
  query.Int(sequence).Int(limit);
  return Rows(query);
}

int64_t SqliteCheckboxTable::LastSequence() {
  auto query = queries_("SELECT COALESCE(MAX(change_sequence), 0) FROM checkbox");
  return query.Next() ? query.GetInt(0) : 0;
}

void SqliteCheckboxTable::Put(const Checkbox& checkbox) {
  // Rows are never removed, so the greatest sequence of the table is that of the newest change.
  const int64_t sequence = LastSequence() + 1;
  queries_("INSERT OR REPLACE INTO checkbox(" CHECKBOX_COLUMNS
           ") VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
      .Text(checkbox.name)
      .Text(checkbox.title)
      .Int(checkbox.virtual_device ? 1 : 0)
      .Int(static_cast<int64_t>(checkbox.desired))
      .Int(static_cast<int64_t>(checkbox.reported))
      .Int(checkbox.version)
      .Int(static_cast<int64_t>(checkbox.availability))
      .Int(static_cast<int64_t>(checkbox.last_change.source))
      .Text(checkbox.last_change.actor)
      .Time(checkbox.last_change.time)
      .Time(checkbox.report_time)
      .Time(checkbox.create_time)
      .Text(checkbox.pending_command)
      .Int(checkbox.deleted ? 1 : 0)
      .Int(sequence)
      .Run();
  commit_.checkboxes = true;
}

void SqliteCheckboxTable::AddHistory(const Checkbox& checkbox, const Change& change,
                                     const std::string& event_id) {
  queries_(
      "INSERT INTO history(checkbox, version, desired, reported, source, actor, event_id, time) "
      "VALUES(?, ?, ?, ?, ?, ?, ?, ?)")
      .Text(checkbox.name)
      .Int(checkbox.version)
      .Int(static_cast<int64_t>(checkbox.desired))
      .Int(static_cast<int64_t>(checkbox.reported))
      .Int(static_cast<int64_t>(change.source))
      .Text(change.actor)
      .Text(event_id)
      .Time(change.time)
      .Run();
}

#undef CHECKBOX_COLUMNS

}  // namespace chatwire::mqtt
