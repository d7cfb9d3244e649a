#include "mqtt-service/store/sqlite_checkbox_table.h"

#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"

namespace chatwire::mqtt {
namespace {

#define CHECKBOX_COLUMNS                                                                   \
  "name, title, virtual_device, desired, reported, version, availability, change_source, " \
  "change_actor, change_time, report_time, create_time, pending_command, deleted, "        \
  "change_sequence, aliases, labels"

#define HISTORY_COLUMNS "checkbox, kind, version, desired, reported, source, actor, time, event_id"

HistoryEntry HistoryRow(const Query& query) {
  HistoryEntry entry;
  entry.id = query.GetInt(0);
  entry.checkbox = query.GetText(1);
  entry.kind = static_cast<HistoryKind>(query.GetInt(2));
  entry.version = query.GetInt(3);
  entry.desired = static_cast<SwitchState>(query.GetInt(4));
  entry.reported = static_cast<SwitchState>(query.GetInt(5));
  entry.change = {static_cast<ChangeSource>(query.GetInt(6)), query.GetText(7),
                  query.GetTime(8, absl::UnixEpoch())};
  entry.event_id = query.GetText(9);
  return entry;
}

std::vector<std::string> Lines(const std::string& text) {
  return absl::StrSplit(text, '\n', absl::SkipEmpty());
}

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
  checkbox.aliases = Lines(query.GetText(15));
  checkbox.labels = Lines(query.GetText(16));
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
           ") VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
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
      .Text(absl::StrJoin(checkbox.aliases, "\n"))
      .Text(absl::StrJoin(checkbox.labels, "\n"))
      .Run();
  commit_.checkboxes = true;
}

void SqliteCheckboxTable::AddHistory(const HistoryEntry& entry) {
  queries_("INSERT INTO history(" HISTORY_COLUMNS ") VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?)")
      .Text(entry.checkbox)
      .Int(static_cast<int64_t>(entry.kind))
      .Int(entry.version)
      .Int(static_cast<int64_t>(entry.desired))
      .Int(static_cast<int64_t>(entry.reported))
      .Int(static_cast<int64_t>(entry.change.source))
      .Text(entry.change.actor)
      .Time(entry.change.time)
      .Text(entry.event_id)
      .Run();
}

std::vector<HistoryEntry> SqliteCheckboxTable::History(const std::string& checkbox, int64_t before,
                                                       int64_t limit) {
  auto query = queries_(checkbox.empty() ? "SELECT id, " HISTORY_COLUMNS
                                           " FROM history WHERE id < ?1 ORDER BY id DESC LIMIT ?2"
                                         : "SELECT id, " HISTORY_COLUMNS
                                           " FROM history WHERE id < ?1 AND checkbox = ?3 "
                                           "ORDER BY id DESC LIMIT ?2");
  query.Int(before).Int(limit);
  if (!checkbox.empty()) query.Text(checkbox);
  std::vector<HistoryEntry> entries;
  while (query.Next()) entries.push_back(HistoryRow(query));
  return entries;
}

void SqliteCheckboxTable::PurgeHistory(absl::Time time) {
  queries_("DELETE FROM history WHERE time < ?").Time(time).Run();
}

#undef HISTORY_COLUMNS
#undef CHECKBOX_COLUMNS

}  // namespace chatwire::mqtt
