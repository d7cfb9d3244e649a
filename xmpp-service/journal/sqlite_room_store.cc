#include "xmpp-service/journal/sqlite_room_store.h"

#include <utility>

#include "xmpp-service/domain/room_event.h"
#include "xmpp-service/domain/text.h"
#include "xmpp-service/journal/invitation_table.h"
#include "xmpp-service/journal/room_message_table.h"
#include "xmpp-service/journal/room_outbox.h"
#include "xmpp-service/journal/room_table.h"

namespace chatwire::xmpp {
namespace {

absl::StatusOr<std::vector<StoredRoom>> ReadRooms(sqlite::Database& database,
                                                  const std::string& account) {
  auto select = database.Prepare(
      "SELECT j.room, j.nick, j.sealed_password, j.failure_reason, j.failure_message,"
      " p.archive_id, p.time, p.subject FROM joined_room j"
      " LEFT JOIN room_place p ON p.account = j.account AND p.room = j.room"
      " WHERE j.account = ? ORDER BY j.room");
  if (!select.ok()) return select.status();
  select->BindText(1, account);
  std::vector<StoredRoom> rooms;
  for (;;) {
    const auto row = select->Step();
    if (!row.ok()) return row.status();
    if (!*row) return rooms;
    StoredRoom room;
    room.room = select->Text(0);
    room.nick = select->Text(1);
    room.sealed_password = select->Blob(2);
    if (!select->Text(3).empty()) room.failure = RoomFailure{select->Text(3), select->Text(4)};
    if (!select->IsNull(6) && select->Int(6) != 0) {
      room.mark = ArchiveMark{select->Text(5), select->Time(6)};
    }
    room.subject = select->Text(7);
    rooms.push_back(std::move(room));
  }
}

absl::StatusOr<bool> Save(sqlite::Database& database, const std::string& account,
                          const StoredRoom& room, bool joined) {
  auto insert = database.Prepare(
      "INSERT OR REPLACE INTO joined_room(account, room, nick, sealed_password, failure_reason,"
      " failure_message) VALUES(?, ?, ?, ?, ?, ?)");
  if (!insert.ok()) return insert.status();
  const RoomFailure failure = room.failure.value_or(RoomFailure{});
  absl::Status status = insert->BindText(1, account)
                            .BindText(2, room.room)
                            .BindText(3, room.nick)
                            .BindBlob(4, room.sealed_password)
                            .BindText(5, failure.reason)
                            .BindText(6, failure.message)
                            .Run();
  if (joined) status.Update(InvitationTable(database).Remove(account, room.room));
  if (!status.ok()) return status;
  return true;
}

absl::StatusOr<std::vector<OutgoingRoomMessage>> ReadPending(sqlite::Database& database,
                                                             const std::string& account,
                                                             const std::string& room,
                                                             int64_t after_row, int limit) {
  auto select = database.Prepare(
      "SELECT id, message_id, room, nick, body, payload FROM room_outgoing"
      " WHERE account = ? AND room = ? AND stage = 1 AND id > ? ORDER BY id LIMIT ?");
  if (!select.ok()) return select.status();
  select->BindText(1, account).BindText(2, room).BindInt(3, after_row).BindInt(4, limit);
  std::vector<OutgoingRoomMessage> messages;
  for (;;) {
    const auto row = select->Step();
    if (!row.ok()) return row.status();
    if (!*row) return messages;
    OutgoingRoomMessage message{select->Int(0), select->Text(1), select->Text(2), select->Text(3),
                                select->Text(4)};
    // One that is damaged must not hold up the others.
    message.damaged = !select->IsNull(5) && !DecodeRoomContent(select->Blob(5), message).ok();
    messages.push_back(std::move(message));
  }
}

absl::StatusOr<bool> FailOnce(JournalWriter::Tables& tables, absl::Time now,
                              const std::string& account, const std::string& message_id,
                              const StanzaError& error) {
  RoomOutbox outbox(tables.database, now);
  const auto row = outbox.Find(account, message_id);
  if (!row.ok()) return row.status();
  if (!row->has_value() || (*row)->stage == DeliveryStage::kFailed) return false;
  absl::Status status = outbox.SetStage(account, message_id, DeliveryStage::kFailed);
  const RoomMessageFailed failed{(*row)->room, (*row)->nick, message_id, error};
  status.Update(tables.events.Append(account, failed).status());
  if (!status.ok()) return status;
  return true;
}

absl::StatusOr<bool> AcknowledgeOnce(JournalWriter::Tables& tables, absl::Time now,
                                     const std::string& account, const std::string& message_id) {
  RoomOutbox outbox(tables.database, now);
  const auto row = outbox.Find(account, message_id);
  if (!row.ok()) return row.status();
  if (!row->has_value() || (*row)->stage != DeliveryStage::kAccepted) return false;
  const absl::Status status = outbox.SetStage(account, message_id, DeliveryStage::kServerAck);
  if (!status.ok()) return status;
  return true;
}

absl::StatusOr<std::vector<std::string>> Remove(JournalWriter::Tables& tables, absl::Time now,
                                                const std::string& account,
                                                const std::string& room) {
  const auto pending = ReadPending(tables.database, account, room, 0, -1);
  if (!pending.ok()) return pending.status();
  std::vector<std::string> failed;
  for (const OutgoingRoomMessage& message : *pending) {
    const auto once = FailOnce(tables, now, account, message.message_id,
                               {"not-acceptable", "the account has left the room"});
    if (!once.ok()) return once.status();
    failed.push_back(message.message_id);
  }
  for (const char* sql : {"DELETE FROM joined_room WHERE account = ? AND room = ?",
                          "DELETE FROM room_place WHERE account = ? AND room = ?"}) {
    auto remove = tables.database.Prepare(sql);
    if (!remove.ok()) return remove.status();
    const absl::Status status = remove->BindText(1, account).BindText(2, room).Run();
    if (!status.ok()) return status;
  }
  return failed;
}

/// The mark after @p arrival. Nothing: it stays.
absl::StatusOr<std::optional<ArchiveMark>> MarkAfter(RoomTable& table, const RoomArrival& arrival,
                                                     bool duplicate) {
  const ArchiveMark mark{arrival.stanza_id, arrival.time};
  if (arrival.from_archive) return std::optional<ArchiveMark>(mark);
  const auto before = table.GetMark(arrival.account, arrival.room);
  if (!before.ok()) return before.status();
  // What comes late, or twice, must not move the mark back.
  if (duplicate || (before->has_value() && arrival.time < (*before)->time)) {
    return std::optional<ArchiveMark>();
  }
  // The history that comes when the room is joined is no place in its archive.
  if (arrival.delayed && before->has_value() && !(*before)->archive_id.empty()) {
    return std::optional<ArchiveMark>();
  }
  // A message without an id, such as a subject, has no place there either.
  if (arrival.stanza_id.empty() && before->has_value() && !(*before)->archive_id.empty()) {
    return std::optional<ArchiveMark>();
  }
  return std::optional<ArchiveMark>(arrival.delayed ? ArchiveMark{"", arrival.time} : mark);
}

/// Appends what an arrival that is no copy tells, and notes who has written it.
absl::Status AppendOnce(JournalWriter::Tables& tables, const RoomArrival& arrival) {
  RoomMessageTable messages(tables.database);
  RoomMessageTable::Original original;
  if (!arrival.known_as.empty()) original = {arrival.known_as.front(), arrival.stanza_id};
  std::optional<EventPayload> payload = arrival.payload;
  if (arrival.refers_to.has_value()) {
    const auto found =
        messages.Find(arrival.account, arrival.room, arrival.author, *arrival.refers_to);
    if (!found.ok()) return found.status();
    if (found->has_value()) {
      original = **found;
      SetRoomTarget(*payload, original.message_id, original.stanza_id);
    } else {
      payload = arrival.otherwise;
    }
  }
  absl::Status status;
  if (payload.has_value()) status.Update(tables.events.Append(arrival.account, *payload).status());
  if (!arrival.known_as.empty()) status.Update(messages.Remember(arrival, original));
  return status;
}

absl::StatusOr<RoomRecorded> RecordOnce(JournalWriter::Tables& tables, absl::Time now,
                                        const RoomArrival& arrival) {
  RoomTable table(tables.database);
  RoomRecorded recorded;
  const auto duplicate = table.CheckDuplicate(arrival);
  if (!duplicate.ok()) return duplicate.status();
  auto mark = MarkAfter(table, arrival, *duplicate);
  if (!mark.ok()) return mark.status();
  absl::Status status;
  if (mark->has_value()) status.Update(table.SetMark(arrival.account, arrival.room, **mark));
  recorded.mark = *std::move(mark);
  if (!*duplicate && arrival.payload.has_value()) {
    recorded.appended = true;
    status.Update(AppendOnce(tables, arrival));
  }
  if (arrival.subject.has_value()) {
    status.Update(table.SetSubject(arrival.account, arrival.room, *arrival.subject));
  }
  if (!status.ok()) return status;
  if (!arrival.own_message_id.empty()) {
    const auto confirmed = AcknowledgeOnce(tables, now, arrival.account, arrival.own_message_id);
    if (!confirmed.ok()) return confirmed.status();
    recorded.confirmed = *confirmed;
  }
  return recorded;
}

}  // namespace

void SqliteRoomStore::ListRooms(const std::string& account,
                                Completion<std::vector<StoredRoom>> done) {
  // By the writer: behind what is still being journalled.
  writer_.Submit<std::vector<StoredRoom>>(
      [account](JournalWriter::Tables& tables) { return ReadRooms(tables.database, account); },
      std::move(done));
}

void SqliteRoomStore::SaveRoom(const std::string& account, StoredRoom room, bool joined,
                               Completion<bool> done) {
  writer_.Submit<bool>(
      [account, room = std::move(room), joined](JournalWriter::Tables& tables) {
        return Save(tables.database, account, room, joined);
      },
      std::move(done));
}

void SqliteRoomStore::RemoveRoom(const std::string& account, const std::string& room,
                                 Completion<std::vector<std::string>> done) {
  writer_.Submit<std::vector<std::string>>(
      [this, account, room](JournalWriter::Tables& tables) {
        return Remove(tables, clock_.Now(), account, room);
      },
      std::move(done));
}

void SqliteRoomStore::SetMark(const std::string& account, const std::string& room, ArchiveMark mark,
                              Completion<bool> done) {
  writer_.Submit<bool>(
      [account, room,
       mark = std::move(mark)](JournalWriter::Tables& tables) -> absl::StatusOr<bool> {
        const absl::Status status = RoomTable(tables.database).SetMark(account, room, mark);
        if (!status.ok()) return status;
        return true;
      },
      std::move(done));
}

void SqliteRoomStore::Record(RoomArrival arrival, Completion<RoomRecorded> done) {
  writer_.Submit<RoomRecorded>(
      [this, arrival = std::move(arrival)](JournalWriter::Tables& tables) {
        return RecordOnce(tables, clock_.Now(), arrival);
      },
      std::move(done));
}

void SqliteRoomStore::Accept(NewRoomMessage message, Completion<AcceptedRoomMessage> done) {
  writer_.Submit<AcceptedRoomMessage>(
      [this, message = std::move(message)](JournalWriter::Tables& tables) {
        return RoomOutbox(tables.database, clock_.Now()).Accept(message);
      },
      std::move(done));
}

void SqliteRoomStore::ListPending(const std::string& account, const std::string& room,
                                  int64_t after_row, int limit,
                                  Completion<std::vector<OutgoingRoomMessage>> done) {
  reader_.Submit<std::vector<OutgoingRoomMessage>>(
      [account, room, after_row, limit](sqlite::Database& database) {
        return ReadPending(database, account, room, after_row, limit);
      },
      std::move(done));
}

void SqliteRoomStore::Acknowledge(const std::string& account, const std::string& message_id,
                                  Completion<bool> done) {
  writer_.Submit<bool>(
      [this, account, message_id](JournalWriter::Tables& tables) {
        return AcknowledgeOnce(tables, clock_.Now(), account, message_id);
      },
      std::move(done));
}

void SqliteRoomStore::Fail(const std::string& account, const std::string& message_id,
                           StanzaError error, Completion<bool> done) {
  error.text = TruncateUtf8(error.text, kMaximumRoomTextBytes);
  writer_.Submit<bool>(
      [this, account, message_id, error = std::move(error)](JournalWriter::Tables& tables) {
        return FailOnce(tables, clock_.Now(), account, message_id, error);
      },
      std::move(done));
}

}  // namespace chatwire::xmpp
