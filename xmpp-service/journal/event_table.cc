#include "xmpp-service/journal/event_table.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/uuid.h"
#include "xmpp-service/wire/event_codec.h"

namespace chatwire::xmpp {
namespace {

constexpr char kByArchiveId[] = "a";
constexpr char kByCopyKey[] = "c";
constexpr int64_t kCompactionStep = 1000;
// Two messages without archive ids that look the same: a copy only when they come close together.
constexpr absl::Duration kCopyWindow = absl::Minutes(10);

}  // namespace

absl::StatusOr<EventTable> EventTable::Open(sqlite::Database& database, const Clock& clock) {
  EventTable table(database, clock);
  const std::pair<std::optional<sqlite::Statement>*, const char*> statements[] = {
      {&table.insert_, "INSERT INTO event(account, kind, create_time, body) VALUES(?, ?, ?, ?)"},
      {&table.find_seen_,
       "SELECT archive_id, create_time FROM seen WHERE account = ? AND kind = ? AND key = ?"},
      {&table.insert_seen_,
       "INSERT OR REPLACE INTO seen(account, kind, key, archive_id, create_time) "
       "VALUES(?, ?, ?, ?, ?)"},
      {&table.get_mark_, "SELECT archive_id, time FROM archive_mark WHERE account = ?"},
      {&table.set_mark_,
       "INSERT OR REPLACE INTO archive_mark(account, archive_id, time) VALUES(?, ?, ?)"}};
  for (const auto& [member, sql] : statements) {
    auto statement = database.Prepare(sql);
    if (!statement.ok()) return statement.status();
    *member = *std::move(statement);
  }
  auto history = HistoryTable::Open(database);
  if (!history.ok()) return history.status();
  table.history_ = *std::move(history);
  return table;
}

absl::StatusOr<std::string> EventTable::LogId() {
  const auto known = Meta("log_id");
  if (!known.ok()) return known.status();
  if (known->has_value()) return **known;
  std::string id = RandomUuid();
  const absl::Status status = SetMeta("log_id", id);
  if (!status.ok()) return status;
  return id;
}

absl::StatusOr<int64_t> EventTable::LastSequence() {
  // What the table of AUTOINCREMENT says also counts compacted events.
  return QueryInt("SELECT COALESCE(MAX(seq), 0) FROM sqlite_sequence WHERE name = 'event'");
}

absl::StatusOr<int64_t> EventTable::Append(const std::string& account,
                                           const EventPayload& payload) {
  const Event event{RandomUuid(), account, clock_->Now(), payload};
  const v1::Event proto = ToProto(event);
  insert_->BindText(1, account)
      .BindInt(2, KindOf(payload))
      .BindTime(3, event.create_time)
      .BindBlob(4, proto.SerializeAsString());
  absl::Status status = insert_->Run();
  if (!status.ok()) return status;
  const int64_t sequence = database_->LastInsertId();
  status = history_->Add(sequence, proto);
  if (!status.ok()) return status;
  return sequence;
}

absl::Status EventTable::IndexHistory() {
  const auto done = Meta("history_indexed");
  if (!done.ok() || done->has_value()) return done.status();
  return database_->Transaction([this]() -> absl::Status {
    const absl::Status cleared = history_->Clear();
    if (!cleared.ok()) return cleared;
    auto select = database_->Prepare("SELECT sequence, body FROM event ORDER BY sequence");
    if (!select.ok()) return select.status();
    for (auto row = select->Step();; row = select->Step()) {
      if (!row.ok()) return row.status();
      if (!*row) return SetMeta("history_indexed", "1");
      const auto event = DecodeEvent({select->Int(0), select->Blob(1)});
      // What is damaged is told to who reads it.
      if (!event.ok()) continue;
      const absl::Status status = history_->Add(event->sequence(), *event);
      if (!status.ok()) return status;
    }
  });
}

absl::StatusOr<bool> EventTable::CheckDuplicate(const Arrival& arrival) {
  bool duplicate = false;
  if (!arrival.archive_id.empty()) {
    find_seen_->BindText(1, arrival.account)
        .BindText(2, kByArchiveId)
        .BindText(3, arrival.archive_id);
    const auto found = find_seen_->Step();
    if (!found.ok()) return found.status();
    duplicate = *found;
    find_seen_->Reset();
    if (duplicate) return true;
  }
  if (!arrival.copy_key.empty()) {
    find_seen_->BindText(1, arrival.account).BindText(2, kByCopyKey).BindText(3, arrival.copy_key);
    const auto found = find_seen_->Step();
    if (!found.ok()) return found.status();
    if (*found) {
      // Two archive ids are two messages, however much they look alike, but in a chat with oneself.
      const bool archived_before = !find_seen_->Text(0).empty();
      const bool archived_now = !arrival.archive_id.empty();
      const bool close = clock_->Now() - find_seen_->Time(1) < kCopyWindow;
      duplicate = arrival.to_self || archived_before != archived_now || (!archived_before && close);
    }
    find_seen_->Reset();
  }
  absl::Status status = Remember(arrival, kByArchiveId, arrival.archive_id);
  status.Update(Remember(arrival, kByCopyKey, arrival.copy_key));
  if (!status.ok()) return status;
  return duplicate;
}

absl::Status EventTable::Remember(const Arrival& arrival, const char* kind,
                                  const std::string& key) {
  if (key.empty()) return absl::OkStatus();
  insert_seen_->BindText(1, arrival.account)
      .BindText(2, kind)
      .BindText(3, key)
      .BindText(4, arrival.archive_id)
      .BindTime(5, clock_->Now());
  return insert_seen_->Run();
}

absl::StatusOr<std::optional<ArchiveMark>> EventTable::GetMark(const std::string& account) {
  get_mark_->BindText(1, account);
  const auto found = get_mark_->Step();
  if (!found.ok()) return found.status();
  std::optional<ArchiveMark> mark;
  if (*found) mark = ArchiveMark{get_mark_->Text(0), get_mark_->Time(1)};
  get_mark_->Reset();
  return mark;
}

absl::Status EventTable::SetMark(const std::string& account, const ArchiveMark& mark) {
  return set_mark_->BindText(1, account).BindText(2, mark.archive_id).BindTime(3, mark.time).Run();
}

absl::StatusOr<std::optional<int64_t>> EventTable::Compact(const Retention& retention) {
  const auto bound = CompactionBound(retention);
  if (!bound.ok()) return bound.status();
  if (*bound == 0) return std::optional<int64_t>();
  auto remove = database_->Prepare("DELETE FROM event WHERE sequence <= ?");
  if (!remove.ok()) return remove.status();
  absl::Status status = remove->BindInt(1, *bound).Run();
  status.Update(history_->ForgetUpTo(*bound));
  status.Update(SetMeta("compacted_to", absl::StrCat(*bound)));
  if (!status.ok()) return status;
  return std::optional<int64_t>(*bound);
}

absl::StatusOr<int64_t> EventTable::CompactionBound(const Retention& retention) {
  const auto pages = QueryInt(
      "SELECT (page_count - freelist_count) * page_size"
      " FROM pragma_page_count(), pragma_freelist_count(), pragma_page_size()");
  if (!pages.ok()) return pages.status();
  auto oldest =
      database_->Prepare("SELECT sequence, create_time FROM event ORDER BY sequence LIMIT ?");
  if (!oldest.ok()) return oldest.status();
  oldest->BindInt(1, kCompactionStep);
  const bool too_big = *pages > retention.size_bytes;
  const absl::Time cutoff = clock_->Now() - retention.age;
  int64_t bound = 0;
  for (;;) {
    const auto row = oldest->Step();
    if (!row.ok()) return row.status();
    if (!*row || (!too_big && oldest->Time(1) >= cutoff)) return bound;
    bound = oldest->Int(0);
  }
}

absl::StatusOr<std::optional<std::string>> EventTable::Meta(const std::string& key) {
  auto select = database_->Prepare("SELECT value FROM meta WHERE key = ?");
  if (!select.ok()) return select.status();
  select->BindText(1, key);
  const auto found = select->Step();
  if (!found.ok()) return found.status();
  if (!*found) return std::optional<std::string>();
  return std::optional<std::string>(select->Text(0));
}

absl::Status EventTable::SetMeta(const std::string& key, const std::string& value) {
  auto insert = database_->Prepare("INSERT OR REPLACE INTO meta(key, value) VALUES(?, ?)");
  if (!insert.ok()) return insert.status();
  return insert->BindText(1, key).BindText(2, value).Run();
}

absl::StatusOr<int64_t> EventTable::QueryInt(const std::string& sql) {
  auto select = database_->Prepare(sql);
  if (!select.ok()) return select.status();
  const auto found = select->Step();
  if (!found.ok()) return found.status();
  return *found ? select->Int(0) : 0;
}

}  // namespace chatwire::xmpp
