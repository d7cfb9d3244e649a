#ifndef CHATWIRE_XMPP_SERVICE_JOURNAL_SQLITE_ROOM_STORE_H_
#define CHATWIRE_XMPP_SERVICE_JOURNAL_SQLITE_ROOM_STORE_H_

#include <string>
#include <vector>

#include "common/clock.h"
#include "xmpp-service/domain/room_store.h"
#include "xmpp-service/journal/journal_reader.h"
#include "xmpp-service/journal/journal_writer.h"

namespace chatwire::xmpp {

/// Rooms in the journal's database, so that a message and its event are one transaction.
class SqliteRoomStore final : public RoomStore {
 public:
  SqliteRoomStore(JournalWriter& writer, JournalReader& reader, const Clock& clock)
      : writer_(writer), reader_(reader), clock_(clock) {}

  void ListRooms(const std::string& account, Completion<std::vector<StoredRoom>> done) override;
  void SaveRoom(const std::string& account, StoredRoom room, bool joined,
                Completion<bool> done) override;
  void RemoveRoom(const std::string& account, const std::string& room,
                  Completion<std::vector<std::string>> done) override;
  void SetMark(const std::string& account, const std::string& room, ArchiveMark mark,
               Completion<bool> done) override;
  void Record(RoomArrival arrival, Completion<RoomRecorded> done) override;

  void Accept(NewRoomMessage message, Completion<AcceptedRoomMessage> done) override;
  void ListPending(const std::string& account, const std::string& room, int64_t after_row,
                   int limit, Completion<std::vector<OutgoingRoomMessage>> done) override;
  void Acknowledge(const std::string& account, const std::string& message_id,
                   Completion<bool> done) override;
  void Fail(const std::string& account, const std::string& message_id, StanzaError error,
            Completion<bool> done) override;

 private:
  JournalWriter& writer_;
  JournalReader& reader_;
  const Clock& clock_;
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_JOURNAL_SQLITE_ROOM_STORE_H_
