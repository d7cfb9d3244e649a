#ifndef CHATWIRE_XMPP_SERVICE_JOURNAL_ROOM_MESSAGE_TABLE_H_
#define CHATWIRE_XMPP_SERVICE_JOURNAL_ROOM_MESSAGE_TABLE_H_

#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "common/sqlite/database.h"
#include "xmpp-service/domain/room_store.h"

namespace chatwire::xmpp {

/// Who has written which message in which room, so that nobody can correct or retract what is not
/// theirs. Only ids, no texts. On the writer's thread, in its transaction.
class RoomMessageTable {
 public:
  explicit RoomMessageTable(sqlite::Database& database) : database_(&database) {}

  /// A message as it was first told.
  struct Original {
    /// Its author's id of it.
    std::string message_id;
    /// The room's. May be empty.
    std::string stanza_id;
  };

  /// The message of @p author that @p reference is about; nothing when it is not known.
  absl::StatusOr<std::optional<Original>> Find(const std::string& account, const std::string& room,
                                               const std::string& author,
                                               const RoomReference& reference);

  /// From now on the ids of @p arrival lead to @p original. What is known stays.
  absl::Status Remember(const RoomArrival& arrival, const Original& original);

  /// Forgets what is too old for anybody to come back to.
  absl::Status Compact(absl::Time now);

 private:
  absl::Status Put(const RoomArrival& arrival, bool by_room, const std::string& id,
                   const Original& original);

  sqlite::Database* database_;
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_JOURNAL_ROOM_MESSAGE_TABLE_H_
