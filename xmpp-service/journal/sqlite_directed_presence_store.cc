#include "xmpp-service/journal/sqlite_directed_presence_store.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "xmpp-service/domain/errors.h"
#include "xmpp-service/journal/presence_columns.h"

namespace chatwire::xmpp {
namespace {

absl::StatusOr<bool> Save(sqlite::Database& database, const std::string& account,
                          const DirectedPresence& directed) {
  auto count =
      database.Prepare("SELECT COUNT(*) FROM directed_presence WHERE account = ? AND jid <> ?");
  if (!count.ok()) return count.status();
  const auto counted = count->BindText(1, account).BindText(2, directed.to).Step();
  if (!counted.ok()) return counted.status();
  if (count->Int(0) >= int64_t{DirectedPresenceStore::kMaximumDirected}) {
    return Error(absl::StatusCode::kResourceExhausted, "TOO_MANY_DIRECTED_PRESENCES",
                 absl::StrCat("the account shows ", count->Int(0),
                              " presences to single addresses already; take some back"));
  }
  auto insert =
      database.Prepare(absl::StrCat("INSERT OR REPLACE INTO directed_presence(account, jid, ",
                                    kPresenceColumns, ") VALUES(?, ?, ?, ?, ?, ?)"));
  if (!insert.ok()) return insert.status();
  insert->BindText(1, account).BindText(2, directed.to);
  BindPresence(*insert, 3, directed.presence);
  const absl::Status status = insert->Run();
  if (!status.ok()) return status;
  return true;
}

absl::StatusOr<std::vector<DirectedPresence>> Read(sqlite::Database& database,
                                                   const std::string& account,
                                                   const std::string& after, size_t limit) {
  auto select =
      database.Prepare(absl::StrCat("SELECT jid, ", kPresenceColumns,
                                    " FROM directed_presence WHERE account = ? AND jid > ?"
                                    " ORDER BY jid LIMIT ?"));
  if (!select.ok()) return select.status();
  select->BindText(1, account).BindText(2, after).BindInt(3, static_cast<int64_t>(limit));
  std::vector<DirectedPresence> list;
  for (;;) {
    const auto row = select->Step();
    if (!row.ok()) return row.status();
    if (!*row) return list;
    list.push_back({select->Text(0), PresenceAt(*select, 1)});
  }
}

}  // namespace

void SqliteDirectedPresenceStore::Put(const std::string& account, DirectedPresence directed,
                                      Completion<bool> done) {
  writer_.Submit<bool>(
      [account, directed = std::move(directed)](JournalWriter::Tables& tables) {
        return Save(tables.database, account, directed);
      },
      std::move(done));
}

void SqliteDirectedPresenceStore::Remove(const std::string& account, const std::string& to,
                                         Completion<bool> done) {
  writer_.Submit<bool>(
      [account, to](JournalWriter::Tables& tables) -> absl::StatusOr<bool> {
        auto remove = tables.database.Prepare(
            "DELETE FROM directed_presence WHERE account = ? AND jid = ? RETURNING 1");
        if (!remove.ok()) return remove.status();
        return remove->BindText(1, account).BindText(2, to).Step();
      },
      std::move(done));
}

void SqliteDirectedPresenceStore::List(const std::string& account, const std::string& after,
                                       size_t limit,
                                       Completion<std::vector<DirectedPresence>> done) {
  reader_.Submit<std::vector<DirectedPresence>>(
      [account, after, limit](sqlite::Database& database) {
        return Read(database, account, after, limit);
      },
      std::move(done));
}

}  // namespace chatwire::xmpp
