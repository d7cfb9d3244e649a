#ifndef CHATWIRE_XMPP_SERVICE_JOURNAL_ROOM_TABLE_H_
#define CHATWIRE_XMPP_SERVICE_JOURNAL_ROOM_TABLE_H_

#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "common/sqlite/database.h"
#include "xmpp-service/domain/room_store.h"

namespace chatwire::xmpp {

/// What was said in rooms, and how far it is journalled. On the writer's thread, in its
/// transaction.
class RoomTable {
 public:
  explicit RoomTable(sqlite::Database& database) : database_(&database) {}

  /// Whether the arrival is a copy of what is known; if not, it is known from now on.
  absl::StatusOr<bool> CheckDuplicate(const RoomArrival& arrival);

  absl::StatusOr<std::optional<ArchiveMark>> GetMark(const std::string& account,
                                                     const std::string& room);
  absl::Status SetMark(const std::string& account, const std::string& room,
                       const ArchiveMark& mark);
  absl::Status SetSubject(const std::string& account, const std::string& room,
                          const std::string& subject);

  /// Forgets what nobody can ask for any more.
  absl::Status Compact(absl::Time now);

 private:
  absl::StatusOr<std::optional<ArchiveMark>> FindSeen(const RoomArrival& arrival, const char* kind,
                                                      const std::string& key);
  absl::Status Remember(const RoomArrival& arrival, const char* kind, const std::string& key);

  sqlite::Database* database_;
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_JOURNAL_ROOM_TABLE_H_
