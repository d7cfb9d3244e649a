#include "xmpp-service/journal/history_table.h"

#include <utility>

#include "xmpp-service/wire/history_change.h"
#include "xmpp-service/wire/history_proto.h"

namespace chatwire::xmpp {

absl::StatusOr<HistoryTable> HistoryTable::Open(sqlite::Database& database) {
  HistoryTable table(database);
  const std::pair<std::optional<sqlite::Statement>*, const char*> statements[] = {
      {&table.insert_,
       "INSERT INTO history(sequence, account, peer, time, message_id, own)"
       " VALUES(?, ?, ?, ?, ?, ?)"},
      // Some senders use an id again: it is the newest message that is meant.
      {&table.find_,
       "SELECT sequence, state FROM history WHERE account = ? AND peer = ? AND message_id = ?"
       " AND own BETWEEN ? AND ? ORDER BY sequence DESC LIMIT 1"},
      {&table.update_, "UPDATE history SET state = ? WHERE sequence = ?"},
      {&table.set_displayed_,
       "INSERT INTO history_displayed(account, peer, own, sequence) VALUES(?, ?, ?, ?)"
       " ON CONFLICT DO UPDATE SET sequence = MAX(sequence, excluded.sequence)"}};
  for (const auto& [member, sql] : statements) {
    auto statement = database.Prepare(sql);
    if (!statement.ok()) return statement.status();
    *member = *std::move(statement);
  }
  return table;
}

absl::Status HistoryTable::Add(int64_t sequence, const v1::Event& event) {
  if (const auto place = HistoryPlaceOf(event)) {
    return insert_->BindInt(1, sequence)
        .BindText(2, event.account())
        .BindText(3, place->peer)
        .BindTime(4, place->time)
        .BindText(5, place->message_id)
        .BindInt(6, place->own ? 1 : 0)
        .Run();
  }
  if (const auto change = HistoryChangeOf(event)) return Change(event.account(), *change, event);
  return absl::OkStatus();
}

absl::Status HistoryTable::Change(const std::string& account, const HistoryChange& change,
                                  const v1::Event& event) {
  if (change.message_id.empty()) return absl::OkStatus();
  find_->BindText(1, account)
      .BindText(2, change.peer)
      .BindText(3, change.message_id)
      .BindInt(4, change.own.value_or(false) ? 1 : 0)
      .BindInt(5, change.own.value_or(true) ? 1 : 0);
  const auto found = find_->Step();
  if (!found.ok()) return found.status();
  const int64_t sequence = *found ? find_->Int(0) : 0;
  v1::HistoryMessage state;
  // What is damaged is built anew.
  if (*found && !state.ParseFromString(find_->Blob(1))) state.Clear();
  find_->Reset();
  if (!*found) return absl::OkStatus();
  if (change.displayed) {
    return set_displayed_->BindText(1, account)
        .BindText(2, change.peer)
        .BindInt(3, *change.own ? 1 : 0)
        .BindInt(4, sequence)
        .Run();
  }
  ApplyChange(event, state);
  return update_->BindBlob(1, state.SerializeAsString()).BindInt(2, sequence).Run();
}

absl::Status HistoryTable::Clear() {
  return database_->Execute("DELETE FROM history; DELETE FROM history_displayed");
}

absl::Status HistoryTable::ForgetUpTo(int64_t sequence) {
  for (const char* sql : {"DELETE FROM history WHERE sequence <= ?",
                          "DELETE FROM history_displayed WHERE sequence <= ?"}) {
    auto remove = database_->Prepare(sql);
    if (!remove.ok()) return remove.status();
    const absl::Status removed = remove->BindInt(1, sequence).Run();
    if (!removed.ok()) return removed;
  }
  return absl::OkStatus();
}

}  // namespace chatwire::xmpp
