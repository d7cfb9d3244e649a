#include "xmpp-service/journal/room_table.h"

#include <utility>

#include "xmpp-service/journal/room_message_table.h"

namespace chatwire::xmpp {
namespace {

constexpr char kByStanzaId[] = "s";
constexpr char kByCopyKey[] = "c";
// Two that look the same and have no ids of the room: a copy only when they were sent close
// together. Closer where the sender gave no id either.
constexpr absl::Duration kCopyWindow = absl::Minutes(10);
constexpr absl::Duration kWeakCopyWindow = absl::Minutes(1);
constexpr absl::Duration kKeep = absl::Hours(24 * 30);

}  // namespace

absl::StatusOr<bool> RoomTable::CheckDuplicate(const RoomArrival& arrival) {
  const auto same_id = FindSeen(arrival, kByStanzaId, arrival.stanza_id);
  if (!same_id.ok()) return same_id.status();
  if (same_id->has_value()) return true;
  bool duplicate = false;
  const auto alike = FindSeen(arrival, kByCopyKey, arrival.copy_key);
  if (!alike.ok()) return alike.status();
  // Two ids of the room are two messages, however much they look alike.
  const bool told_apart =
      alike->has_value() && !(*alike)->archive_id.empty() && !arrival.stanza_id.empty();
  if (alike->has_value() && !told_apart) {
    const absl::Duration distance = absl::AbsDuration(arrival.time - (*alike)->time);
    // Who writes the same twice, now, means it.
    duplicate = arrival.weak_copy_key ? arrival.delayed && distance < kWeakCopyWindow
                                      : distance < kCopyWindow;
  }
  absl::Status status = Remember(arrival, kByStanzaId, arrival.stanza_id);
  status.Update(Remember(arrival, kByCopyKey, arrival.copy_key));
  if (!status.ok()) return status;
  return duplicate;
}

absl::StatusOr<std::optional<ArchiveMark>> RoomTable::FindSeen(const RoomArrival& arrival,
                                                               const char* kind,
                                                               const std::string& key) {
  if (key.empty()) return std::optional<ArchiveMark>();
  auto select = database_->Prepare(
      "SELECT stanza_id, time FROM room_seen"
      " WHERE account = ? AND room = ? AND kind = ? AND key = ?");
  if (!select.ok()) return select.status();
  select->BindText(1, arrival.account).BindText(2, arrival.room).BindText(3, kind).BindText(4, key);
  const auto found = select->Step();
  if (!found.ok()) return found.status();
  if (!*found) return std::optional<ArchiveMark>();
  return std::optional<ArchiveMark>({select->Text(0), select->Time(1)});
}

absl::Status RoomTable::Remember(const RoomArrival& arrival, const char* kind,
                                 const std::string& key) {
  if (key.empty()) return absl::OkStatus();
  auto insert = database_->Prepare(
      "INSERT OR REPLACE INTO room_seen(account, room, kind, key, stanza_id, time)"
      " VALUES(?, ?, ?, ?, ?, ?)");
  if (!insert.ok()) return insert.status();
  return insert->BindText(1, arrival.account)
      .BindText(2, arrival.room)
      .BindText(3, kind)
      .BindText(4, key)
      .BindText(5, arrival.stanza_id)
      .BindTime(6, arrival.time)
      .Run();
}

absl::StatusOr<std::optional<ArchiveMark>> RoomTable::GetMark(const std::string& account,
                                                              const std::string& room) {
  auto select = database_->Prepare(
      "SELECT archive_id, time FROM room_place WHERE account = ? AND room = ? AND time <> 0");
  if (!select.ok()) return select.status();
  select->BindText(1, account).BindText(2, room);
  const auto found = select->Step();
  if (!found.ok()) return found.status();
  if (!*found) return std::optional<ArchiveMark>();
  return std::optional<ArchiveMark>({select->Text(0), select->Time(1)});
}

absl::Status RoomTable::SetMark(const std::string& account, const std::string& room,
                                const ArchiveMark& mark) {
  auto upsert = database_->Prepare(
      "INSERT INTO room_place(account, room, archive_id, time, subject) VALUES(?, ?, ?, ?, '')"
      " ON CONFLICT(account, room) DO UPDATE SET archive_id = excluded.archive_id,"
      " time = excluded.time");
  if (!upsert.ok()) return upsert.status();
  return upsert->BindText(1, account)
      .BindText(2, room)
      .BindText(3, mark.archive_id)
      .BindTime(4, mark.time)
      .Run();
}

absl::Status RoomTable::SetSubject(const std::string& account, const std::string& room,
                                   const std::string& subject) {
  auto upsert = database_->Prepare(
      "INSERT INTO room_place(account, room, archive_id, time, subject) VALUES(?, ?, '', 0, ?)"
      " ON CONFLICT(account, room) DO UPDATE SET subject = excluded.subject");
  if (!upsert.ok()) return upsert.status();
  return upsert->BindText(1, account).BindText(2, room).BindText(3, subject).Run();
}

absl::Status RoomTable::Compact(absl::Time now) {
  auto seen = database_->Prepare("DELETE FROM room_seen WHERE time < ?");
  if (!seen.ok()) return seen.status();
  absl::Status status = seen->BindTime(1, now - kKeep).Run();
  auto sent = database_->Prepare("DELETE FROM room_outgoing WHERE stage <> 1 AND accept_time < ?");
  if (!sent.ok()) return sent.status();
  status.Update(sent->BindTime(1, now - kKeep).Run());
  status.Update(RoomMessageTable(*database_).Compact(now));
  return status;
}

}  // namespace chatwire::xmpp
