#include "xmpp-service/journal/sqlite_event_log.h"

#include <algorithm>
#include <utility>

#include "absl/log/log.h"
#include "absl/time/clock.h"
#include "xmpp-service/domain/wait.h"
#include "xmpp-service/journal/invitation_table.h"
#include "xmpp-service/journal/room_table.h"

namespace chatwire::xmpp {
namespace {

// What one read may look at and return, so that no follower keeps the others waiting.
constexpr int kMaximumScannedRows = 4096;
constexpr size_t kMaximumPageBytes = 1 << 20;

/// One of the account's own messages, when it is known: the server has it then.
absl::StatusOr<std::optional<Recorded>> MatchOwn(JournalWriter::Tables& tables,
                                                 const Arrival& arrival) {
  for (const std::string& id : arrival.own_message_ids) {
    if (id.empty()) continue;
    const auto row = tables.outbox.Find(arrival.account, id);
    if (!row.ok()) return row.status();
    if (!row->has_value()) continue;
    if ((*row)->stage != DeliveryStage::kAccepted) {
      return std::optional<Recorded>({Recorded::Outcome::kDuplicate, id});
    }
    absl::Status status = tables.outbox.SetStage(arrival.account, id, DeliveryStage::kServerAck);
    status.Update(
        tables.events.Append(arrival.account, MessageAcknowledged{(*row)->to, id}).status());
    if (!status.ok()) return status;
    return std::optional<Recorded>({Recorded::Outcome::kAcknowledged, id});
  }
  return std::optional<Recorded>();
}

/// What is to be appended. @p original_id: of the message that it is about, where that is known.
absl::StatusOr<std::optional<EventPayload>> PayloadOf(JournalWriter::Tables& tables,
                                                      const Arrival& arrival,
                                                      std::string& original_id) {
  if (!arrival.refers_to.has_value()) return arrival.payload;
  const auto original = tables.messages.Find(arrival.account, *arrival.refers_to);
  if (!original.ok()) return original.status();
  if (!original->has_value()) return arrival.otherwise;
  original_id = **original;
  std::optional<EventPayload> payload = arrival.payload;
  SetTarget(*payload, original_id);
  return payload;
}

absl::StatusOr<Recorded> RecordOnce(JournalWriter::Tables& tables, const Arrival& arrival) {
  auto own = MatchOwn(tables, arrival);
  if (!own.ok()) return own.status();
  if (own->has_value()) return **own;
  const auto duplicate = tables.events.CheckDuplicate(arrival);
  if (!duplicate.ok()) return duplicate.status();
  if (*duplicate) return Recorded{Recorded::Outcome::kDuplicate, ""};
  std::string original_id;
  const auto payload = PayloadOf(tables, arrival, original_id);
  if (!payload.ok()) return payload.status();
  if (!payload->has_value()) return Recorded{Recorded::Outcome::kNothing, ""};
  absl::Status status = tables.events.Append(arrival.account, **payload).status();
  for (const ChatReference& reference : arrival.known_as) {
    if (original_id.empty()) original_id = reference.message_id;
    status.Update(tables.messages.Remember(arrival.account, reference, original_id));
  }
  if (!status.ok()) return status;
  if (const auto* invited = std::get_if<InvitationReceived>(&**payload)) {
    const absl::Status put =
        InvitationTable(tables.database).Put(arrival.account, invited->invitation);
    if (!put.ok()) return put;
  }
  return Recorded{Recorded::Outcome::kAppended, ""};
}

absl::StatusOr<Recorded> RecordAndMark(JournalWriter::Tables& tables, const Arrival& arrival) {
  auto recorded = RecordOnce(tables, arrival);
  if (!recorded.ok()) return recorded;
  // A live copy of something older must not move the mark back.
  const bool moves = arrival.from_archive || recorded->outcome != Recorded::Outcome::kDuplicate;
  if (moves && !arrival.archive_id.empty()) {
    const absl::Status marked =
        tables.events.SetMark(arrival.account, {arrival.archive_id, arrival.time});
    if (!marked.ok()) return marked;
  }
  return recorded;
}

bool Wanted(const EventQuery& query, const std::string& account, int kind) {
  return (query.accounts.empty() || query.accounts.count(account) > 0) &&
         (query.kinds.empty() || query.kinds.count(kind) > 0);
}

absl::StatusOr<int64_t> QueryInt(sqlite::Database& database, const std::string& sql) {
  auto select = database.Prepare(sql);
  if (!select.ok()) return select.status();
  const auto row = select->Step();
  if (!row.ok()) return row.status();
  return *row ? select->Int(0) : 0;
}

absl::Status ReadRows(sqlite::Database& database, const EventQuery& query, EventPage& page) {
  auto select = database.Prepare(
      "SELECT sequence, account, kind, body FROM event WHERE sequence > ? ORDER BY sequence LIMIT "
      "?");
  if (!select.ok()) return select.status();
  select->BindInt(1, query.after).BindInt(2, kMaximumScannedRows);
  size_t page_bytes = 0;
  int scanned = 0;
  while (page.events.size() < static_cast<size_t>(query.limit) && page_bytes < kMaximumPageBytes) {
    const auto row = select->Step();
    if (!row.ok()) return row.status();
    if (!*row) {
      if (scanned == kMaximumScannedRows) return absl::OkStatus();
      // The end: what has a number and is not there was compacted.
      const auto last = QueryInt(
          database, "SELECT COALESCE(MAX(seq), 0) FROM sqlite_sequence WHERE name = 'event'");
      if (!last.ok()) return last.status();
      page.scanned_to = std::max(page.scanned_to, *last);
      return absl::OkStatus();
    }
    ++scanned;
    page.scanned_to = select->Int(0);
    if (!Wanted(query, select->Text(1), static_cast<int>(select->Int(2)))) continue;
    page.events.push_back({page.scanned_to, select->Blob(3)});
    page_bytes += page.events.back().encoded.size();
  }
  return absl::OkStatus();
}

absl::StatusOr<EventPage> ReadPage(sqlite::Database& database, const EventQuery& query) {
  EventPage page;
  page.scanned_to = query.after;
  // One snapshot, so that the rows and how far the log is compacted belong together.
  absl::Status status = database.Execute("BEGIN");
  if (!status.ok()) return status;
  const auto compacted =
      QueryInt(database, "SELECT CAST(value AS INTEGER) FROM meta WHERE key = 'compacted_to'");
  status.Update(compacted.status());
  if (status.ok()) status = ReadRows(database, query, page);
  status.Update(database.Execute("COMMIT"));
  if (!status.ok()) return status;
  page.compacted_to = *compacted;
  return page;
}

}  // namespace

absl::StatusOr<std::unique_ptr<SqliteEventLog>> SqliteEventLog::Open(JournalWriter& writer,
                                                                     JournalReader& reader) {
  std::unique_ptr<SqliteEventLog> log(new SqliteEventLog(writer, reader));
  writer.SetOnCommit([raw = log.get()](JournalWriter::Tables& tables) { raw->OnCommit(tables); });
  // An empty transaction: its commit reads where the log stands.
  const auto opened = WaitFor<bool>([&writer](Completion<bool> done) {
    writer.Submit<bool>([](JournalWriter::Tables&) { return true; }, std::move(done));
  });
  if (!opened.ok()) return opened.status();
  return log;
}

void SqliteEventLog::OnCommit(JournalWriter::Tables& tables) {
  const auto last = tables.events.LastSequence();
  if (!last.ok()) return;
  if (last_sequence_.exchange(*last) == *last) return;
  MutexLock lock(mutex_);
  for (EventLogListener* listener : listeners_) listener->OnCommitted(*last);
}

void SqliteEventLog::Append(const std::string& account, EventPayload payload,
                            Completion<int64_t> done) {
  writer_.Submit<int64_t>(
      [account, payload = std::move(payload)](JournalWriter::Tables& tables) {
        return tables.events.Append(account, payload);
      },
      std::move(done));
}

void SqliteEventLog::Record(Arrival arrival, Completion<Recorded> done) {
  writer_.Submit<Recorded>(
      [arrival = std::move(arrival)](JournalWriter::Tables& tables) {
        return RecordAndMark(tables, arrival);
      },
      std::move(done));
}

void SqliteEventLog::Read(EventQuery query, Completion<EventPage> done) {
  reader_.Submit<EventPage>(
      [query = std::move(query)](sqlite::Database& database) { return ReadPage(database, query); },
      std::move(done));
}

void SqliteEventLog::GetArchiveMark(const std::string& account,
                                    Completion<std::optional<ArchiveMark>> done) {
  // By the writer: behind what is still being journalled.
  writer_.Submit<std::optional<ArchiveMark>>(
      [account](JournalWriter::Tables& tables) { return tables.events.GetMark(account); },
      std::move(done));
}

void SqliteEventLog::SetArchiveMark(const std::string& account, ArchiveMark mark,
                                    Completion<bool> done) {
  writer_.Submit<bool>(
      [account, mark = std::move(mark)](JournalWriter::Tables& tables) -> absl::StatusOr<bool> {
        const absl::Status status = tables.events.SetMark(account, mark);
        if (!status.ok()) return status;
        return true;
      },
      std::move(done));
}

void SqliteEventLog::AddListener(EventLogListener* listener) {
  MutexLock lock(mutex_);
  listeners_.insert(listener);
}

void SqliteEventLog::RemoveListener(EventLogListener* listener) {
  MutexLock lock(mutex_);
  listeners_.erase(listener);
}

void SqliteEventLog::Compact(const Retention& retention) {
  writer_.Submit<std::optional<int64_t>>(
      [retention](JournalWriter::Tables& tables) -> absl::StatusOr<std::optional<int64_t>> {
        absl::Status status = tables.outbox.Compact();
        status.Update(tables.messages.Compact());
        status.Update(RoomTable(tables.database).Compact(absl::Now()));
        if (!status.ok()) return status;
        return tables.events.Compact(retention);
      },
      Completion<std::optional<int64_t>>([this, retention](const auto& compacted) {
        if (compacted.ok() && compacted->has_value()) Compact(retention);
        if (!compacted.ok() && !absl::IsUnavailable(compacted.status())) {
          LOG(ERROR) << "the journal cannot be compacted: " << compacted.status();
        }
      }));
}

}  // namespace chatwire::xmpp
