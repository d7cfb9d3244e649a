#include "mqtt-service/store/sqlite_checkbox_table.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "mqtt-service/store/device_text.h"

namespace chatwire::mqtt {
namespace {

#define CHECKBOX_COLUMNS                                                                   \
  "name, title, virtual_device, desired, reported, version, availability, change_source, " \
  "change_actor, change_time, report_time, create_time, pending_command, deleted, "        \
  "change_sequence, aliases, labels, chat_allow, device"

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

/// "tag TAB text", one a line; without a tab there is no tag.
std::vector<Alias> AliasesIn(const std::string& text) {
  std::vector<Alias> aliases;
  for (std::string& line : Lines(text)) {
    std::pair<std::string, std::string> parts = absl::StrSplit(line, absl::MaxSplits('\t', 1));
    if (line.find('\t') == std::string::npos) parts.first.swap(parts.second);
    aliases.push_back({std::move(parts.first), std::move(parts.second)});
  }
  return aliases;
}

std::string AliasText(const std::vector<Alias>& aliases) {
  return absl::StrJoin(aliases, "\n", [](std::string* out, const Alias& alias) {
    absl::StrAppend(out, alias.language, "\t", alias.text);
  });
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
  checkbox.aliases = AliasesIn(query.GetText(15));
  checkbox.labels = Lines(query.GetText(16));
  checkbox.chat_allow = Lines(query.GetText(17));
  checkbox.device = DeviceIn(query.GetText(18));
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

std::vector<Checkbox> SqliteCheckboxTable::ListLabelled(const std::string& key,
                                                        const std::string& after, int64_t limit) {
  auto query = queries_(
      "SELECT " CHECKBOX_COLUMNS
      " FROM checkbox WHERE name > ? AND deleted = 0 AND name IN "
      "(SELECT checkbox FROM checkbox_word WHERE word = ? AND kind = ?) ORDER BY name LIMIT ?");
  query.Text(after).Text(key).Int(static_cast<int64_t>(WordKind::kLabel)).Int(limit);
  return Rows(query);
}

std::vector<Checkbox> SqliteCheckboxTable::Called(const std::string& key, WordKind kind) {
  auto query =
      queries_("SELECT " CHECKBOX_COLUMNS
               " FROM checkbox WHERE deleted = 0 AND name IN "
               "(SELECT checkbox FROM checkbox_word WHERE word = ? AND kind = ?) ORDER BY name");
  query.Text(key).Int(static_cast<int64_t>(kind));
  return Rows(query);
}

int64_t SqliteCheckboxTable::Count() {
  auto query = queries_("SELECT COUNT(*) FROM checkbox WHERE deleted = 0");
  return query.Next() ? query.GetInt(0) : 0;
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
  const auto before = Find(checkbox.name);
  const bool same_words = before.has_value() && before->deleted == checkbox.deleted &&
                          before->title == checkbox.title && before->aliases == checkbox.aliases &&
                          before->labels == checkbox.labels;
  if (!same_words) IndexWords(checkbox);
  const DeviceBinding none;
  const DeviceBinding& old_device = before.has_value() && !before->deleted ? before->device : none;
  const DeviceBinding& new_device = checkbox.deleted ? none : checkbox.device;
  if (old_device != new_device) devices_.Bind(checkbox.name, new_device);
  // Rows are never removed, so the greatest sequence of the table is that of the newest change.
  const int64_t sequence = LastSequence() + 1;
  queries_("INSERT OR REPLACE INTO checkbox(" CHECKBOX_COLUMNS
           ") VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
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
      .Text(AliasText(checkbox.aliases))
      .Text(absl::StrJoin(checkbox.labels, "\n"))
      .Text(absl::StrJoin(checkbox.chat_allow, "\n"))
      .Text(DeviceText(checkbox.device))
      .Run();
  commit_.checkboxes = true;
}

void SqliteCheckboxTable::IndexWords(const Checkbox& checkbox) {
  queries_("DELETE FROM checkbox_word WHERE checkbox = ?").Text(checkbox.name).Run();
  if (checkbox.deleted) return;
  for (const SpokenWord& word : WordsOf(checkbox)) {
    queries_("INSERT OR IGNORE INTO checkbox_word(word, kind, checkbox) VALUES(?, ?, ?)")
        .Text(word.key)
        .Int(static_cast<int64_t>(word.kind))
        .Text(checkbox.name)
        .Run();
  }
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
  commit_.inventory = commit_.inventory || entry.kind == HistoryKind::kCreated ||
                      entry.kind == HistoryKind::kUpdated || entry.kind == HistoryKind::kDeleted;
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
