#include "xmpp-service/journal/room_message_table.h"

namespace chatwire::xmpp {
namespace {

// As the comments of room_event.proto promise.
constexpr absl::Duration kKeep = absl::Hours(24 * 30);

}  // namespace

absl::StatusOr<std::optional<RoomMessageTable::Original>> RoomMessageTable::Find(
    const std::string& account, const std::string& room, const std::string& author,
    const RoomReference& reference) {
  if (author.empty()) return std::optional<Original>();
  // The room's ids first, where those are meant.
  auto select = database_->Prepare(
      "SELECT message_id, stanza_id FROM room_message WHERE account = ? AND room = ?"
      " AND author = ? AND id = ? AND by_room <= ? ORDER BY by_room DESC LIMIT 1");
  if (!select.ok()) return select.status();
  select->BindText(1, account)
      .BindText(2, room)
      .BindText(3, author)
      .BindText(4, reference.id)
      .BindInt(5, reference.by_room ? 1 : 0);
  const auto found = select->Step();
  if (!found.ok()) return found.status();
  if (!*found) return std::optional<Original>();
  return std::optional<Original>({select->Text(0), select->Text(1)});
}

absl::Status RoomMessageTable::Remember(const RoomArrival& arrival, const Original& original) {
  if (arrival.author.empty()) return absl::OkStatus();
  absl::Status status;
  for (const std::string& id : arrival.known_as) {
    status.Update(Put(arrival, /*by_room=*/false, id, original));
  }
  if (!arrival.stanza_id.empty()) {
    status.Update(Put(arrival, /*by_room=*/true, arrival.stanza_id, original));
  }
  return status;
}

absl::Status RoomMessageTable::Put(const RoomArrival& arrival, bool by_room, const std::string& id,
                                   const Original& original) {
  auto insert = database_->Prepare(
      "INSERT OR IGNORE INTO room_message(account, room, author, id, by_room, message_id,"
      " stanza_id, time) VALUES(?, ?, ?, ?, ?, ?, ?, ?)");
  if (!insert.ok()) return insert.status();
  return insert->BindText(1, arrival.account)
      .BindText(2, arrival.room)
      .BindText(3, arrival.author)
      .BindText(4, id)
      .BindInt(5, by_room ? 1 : 0)
      .BindText(6, original.message_id)
      .BindText(7, original.stanza_id)
      .BindTime(8, arrival.time)
      .Run();
}

absl::Status RoomMessageTable::Compact(absl::Time now) {
  auto remove = database_->Prepare("DELETE FROM room_message WHERE time < ?");
  if (!remove.ok()) return remove.status();
  return remove->BindTime(1, now - kKeep).Run();
}

}  // namespace chatwire::xmpp
