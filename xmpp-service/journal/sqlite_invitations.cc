#include "xmpp-service/journal/sqlite_invitations.h"

#include <utility>

#include "xmpp-service/journal/invitation_table.h"

namespace chatwire::xmpp {
namespace {

constexpr int kMaximumInvitations = 1000;

absl::StatusOr<std::vector<RoomInvitation>> ReadInvitations(sqlite::Database& database,
                                                            const std::string& account,
                                                            const std::string& after,
                                                            size_t limit) {
  auto select = database.Prepare(
      "SELECT room, sender, text, password, direct, time FROM invitation"
      " WHERE account = ? AND room > ? ORDER BY room LIMIT ?");
  if (!select.ok()) return select.status();
  select->BindText(1, account).BindText(2, after).BindInt(3, static_cast<int64_t>(limit));
  std::vector<RoomInvitation> invitations;
  for (;;) {
    const auto row = select->Step();
    if (!row.ok()) return row.status();
    if (!*row) return invitations;
    invitations.push_back({select->Text(0), select->Text(1), select->Text(2), select->Blob(3),
                           select->Int(4) != 0, select->Time(5)});
  }
}

}  // namespace

absl::Status InvitationTable::Put(const std::string& account, const RoomInvitation& invitation) {
  auto insert = database_->Prepare(
      "INSERT OR REPLACE INTO invitation(account, room, sender, text, password, direct, time)"
      " VALUES(?, ?, ?, ?, ?, ?, ?)");
  if (!insert.ok()) return insert.status();
  absl::Status status = insert->BindText(1, account)
                            .BindText(2, invitation.room)
                            .BindText(3, invitation.from)
                            .BindText(4, invitation.text)
                            .BindBlob(5, invitation.password)
                            .BindInt(6, invitation.direct ? 1 : 0)
                            .BindTime(7, invitation.time)
                            .Run();
  auto trim = database_->Prepare(
      "DELETE FROM invitation WHERE account = ? AND room IN (SELECT room FROM invitation"
      " WHERE account = ? ORDER BY time DESC LIMIT -1 OFFSET ?)");
  if (!trim.ok()) return trim.status();
  status.Update(
      trim->BindText(1, account).BindText(2, account).BindInt(3, kMaximumInvitations).Run());
  return status;
}

absl::Status InvitationTable::Remove(const std::string& account, const std::string& room) {
  auto remove = database_->Prepare("DELETE FROM invitation WHERE account = ? AND room = ?");
  if (!remove.ok()) return remove.status();
  return remove->BindText(1, account).BindText(2, room).Run();
}

void SqliteInvitations::List(const std::string& account, const std::string& after, size_t limit,
                             Completion<std::vector<RoomInvitation>> done) {
  reader_.Submit<std::vector<RoomInvitation>>(
      [account, after, limit](sqlite::Database& database) {
        return ReadInvitations(database, account, after, limit);
      },
      std::move(done));
}

void SqliteInvitations::Get(const std::string& account, const std::string& room,
                            Completion<std::optional<RoomInvitation>> done) {
  reader_.Submit<std::optional<RoomInvitation>>(
      [account, room](sqlite::Database& database) -> absl::StatusOr<std::optional<RoomInvitation>> {
        auto select = database.Prepare(
            "SELECT room, sender, text, password, direct, time FROM invitation"
            " WHERE account = ? AND room = ?");
        if (!select.ok()) return select.status();
        select->BindText(1, account).BindText(2, room);
        const auto found = select->Step();
        if (!found.ok()) return found.status();
        if (!*found) return std::optional<RoomInvitation>();
        return std::optional<RoomInvitation>({select->Text(0), select->Text(1), select->Text(2),
                                              select->Blob(3), select->Int(4) != 0,
                                              select->Time(5)});
      },
      std::move(done));
}

void SqliteInvitations::Remove(const std::string& account, const std::string& room,
                               Completion<bool> done) {
  writer_.Submit<bool>(
      [account, room](JournalWriter::Tables& tables) -> absl::StatusOr<bool> {
        auto count = tables.database.Prepare(
            "SELECT COUNT(*) FROM invitation WHERE account = ? AND room = ?");
        if (!count.ok()) return count.status();
        count->BindText(1, account).BindText(2, room);
        const auto counted = count->Step();
        if (!counted.ok()) return counted.status();
        const bool had = count->Int(0) > 0;
        count->Reset();
        const absl::Status status = InvitationTable(tables.database).Remove(account, room);
        if (!status.ok()) return status;
        return had;
      },
      std::move(done));
}

}  // namespace chatwire::xmpp
