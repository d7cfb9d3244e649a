#include "xmpp-service/journal/sqlite_subscription_store.h"

#include <utility>

namespace chatwire::xmpp {
namespace {

absl::StatusOr<bool> Insert(JournalWriter::Tables& tables, const std::string& account,
                            const SubscriptionRequest& request) {
  auto insert = tables.database.Prepare(
      "INSERT INTO subscription_request(account, jid, message, nickname, request_time)"
      " SELECT ?1, ?2, ?3, ?4, ?5"
      " WHERE (SELECT COUNT(*) FROM subscription_request WHERE account = ?1) < ?6"
      " ON CONFLICT DO NOTHING RETURNING 1");
  if (!insert.ok()) return insert.status();
  const auto added = insert->BindText(1, account)
                         .BindText(2, request.jid)
                         .BindText(3, request.message)
                         .BindText(4, request.nickname)
                         .BindTime(5, request.request_time)
                         .BindInt(6, int64_t{SubscriptionStore::kMaximumRequests})
                         .Step();
  if (!added.ok() || !*added) return added;
  const auto appended = tables.events.Append(account, SubscriptionRequested{request});
  if (!appended.ok()) return appended.status();
  return true;
}

absl::StatusOr<bool> Delete(sqlite::Database& database, const std::string& account,
                            const std::string& jid) {
  auto remove = database.Prepare(
      "DELETE FROM subscription_request WHERE account = ? AND jid = ? RETURNING 1");
  if (!remove.ok()) return remove.status();
  return remove->BindText(1, account).BindText(2, jid).Step();
}

absl::StatusOr<std::vector<SubscriptionRequest>> Read(sqlite::Database& database,
                                                      const std::string& account,
                                                      const std::string& after, size_t limit) {
  auto select = database.Prepare(
      "SELECT jid, message, nickname, request_time FROM subscription_request"
      " WHERE account = ? AND jid > ? ORDER BY jid LIMIT ?");
  if (!select.ok()) return select.status();
  select->BindText(1, account).BindText(2, after).BindInt(3, static_cast<int64_t>(limit));
  std::vector<SubscriptionRequest> requests;
  for (;;) {
    const auto row = select->Step();
    if (!row.ok()) return row.status();
    if (!*row) return requests;
    requests.push_back({select->Text(0), select->Text(1), select->Text(2), select->Time(3)});
  }
}

}  // namespace

void SqliteSubscriptionStore::Add(const std::string& account, SubscriptionRequest request,
                                  Completion<bool> done) {
  writer_.Submit<bool>(
      [account, request = std::move(request)](JournalWriter::Tables& tables) {
        return Insert(tables, account, request);
      },
      std::move(done));
}

void SqliteSubscriptionStore::Remove(const std::string& account, const std::string& jid,
                                     Completion<bool> done) {
  writer_.Submit<bool>(
      [account, jid](JournalWriter::Tables& tables) {
        return Delete(tables.database, account, jid);
      },
      std::move(done));
}

void SqliteSubscriptionStore::Withdraw(const std::string& account, SubscriptionChanged change,
                                       Completion<bool> done) {
  writer_.Submit<bool>(
      [account, change = std::move(change)](JournalWriter::Tables& tables) -> absl::StatusOr<bool> {
        const auto removed = Delete(tables.database, account, change.jid);
        if (!removed.ok() || !*removed) return removed;
        const auto appended = tables.events.Append(account, change);
        if (!appended.ok()) return appended.status();
        return true;
      },
      std::move(done));
}

void SqliteSubscriptionStore::List(const std::string& account, const std::string& after,
                                   size_t limit,
                                   Completion<std::vector<SubscriptionRequest>> done) {
  reader_.Submit<std::vector<SubscriptionRequest>>(
      [account, after, limit](sqlite::Database& database) {
        return Read(database, account, after, limit);
      },
      std::move(done));
}

void SqliteSubscriptionStore::Contains(const std::string& account, const std::string& jid,
                                       Completion<bool> done) {
  reader_.Submit<bool>(
      [account, jid](sqlite::Database& database) -> absl::StatusOr<bool> {
        auto select =
            database.Prepare("SELECT 1 FROM subscription_request WHERE account = ? AND jid = ?");
        if (!select.ok()) return select.status();
        return select->BindText(1, account).BindText(2, jid).Step();
      },
      std::move(done));
}

}  // namespace chatwire::xmpp
