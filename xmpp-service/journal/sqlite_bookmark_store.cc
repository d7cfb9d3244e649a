#include "xmpp-service/journal/sqlite_bookmark_store.h"

#include <utility>

namespace chatwire::xmpp {
namespace {

absl::StatusOr<BookmarkPlan> Read(sqlite::Database& database, const std::string& account) {
  BookmarkPlan plan;
  auto policy = database.Prepare("SELECT autojoin FROM bookmark_policy WHERE account = ?");
  if (!policy.ok()) return policy.status();
  const auto set = policy->BindText(1, account).Step();
  if (!set.ok()) return set.status();
  plan.autojoin = *set && policy->Int(0) != 0;
  auto select = database.Prepare("SELECT room, entered FROM bookmark_room WHERE account = ?");
  if (!select.ok()) return select.status();
  select->BindText(1, account);
  for (;;) {
    const auto row = select->Step();
    if (!row.ok()) return row.status();
    if (!*row) return plan;
    plan.rooms[select->Text(0)] = select->Int(1) != 0;
  }
}

absl::StatusOr<bool> Write(sqlite::Database& database, const std::string& account,
                           const BookmarkPlan& plan) {
  auto policy =
      database.Prepare("INSERT OR REPLACE INTO bookmark_policy(account, autojoin) VALUES(?, ?)");
  if (!policy.ok()) return policy.status();
  absl::Status status = policy->BindText(1, account).BindInt(2, plan.autojoin ? 1 : 0).Run();
  if (!status.ok()) return status;
  auto clear = database.Prepare("DELETE FROM bookmark_room WHERE account = ?");
  if (!clear.ok()) return clear.status();
  status = clear->BindText(1, account).Run();
  if (!status.ok()) return status;
  for (const auto& [room, entered] : plan.rooms) {
    auto insert =
        database.Prepare("INSERT INTO bookmark_room(account, room, entered) VALUES(?, ?, ?)");
    if (!insert.ok()) return insert.status();
    status = insert->BindText(1, account).BindText(2, room).BindInt(3, entered ? 1 : 0).Run();
    if (!status.ok()) return status;
  }
  return true;
}

}  // namespace

void SqliteBookmarkStore::Load(const std::string& account, Completion<BookmarkPlan> done) {
  // By the writer: behind what is still being stored.
  writer_.Submit<BookmarkPlan>(
      [account](JournalWriter::Tables& tables) { return Read(tables.database, account); },
      std::move(done));
}

void SqliteBookmarkStore::Save(const std::string& account, BookmarkPlan plan,
                               Completion<bool> done) {
  writer_.Submit<bool>(
      [account, plan = std::move(plan)](JournalWriter::Tables& tables) {
        return Write(tables.database, account, plan);
      },
      std::move(done));
}

}  // namespace chatwire::xmpp
