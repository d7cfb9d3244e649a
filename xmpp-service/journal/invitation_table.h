#ifndef CHATWIRE_XMPP_SERVICE_JOURNAL_INVITATION_TABLE_H_
#define CHATWIRE_XMPP_SERVICE_JOURNAL_INVITATION_TABLE_H_

#include <string>

#include "absl/status/status.h"
#include "common/sqlite/database.h"
#include "xmpp-service/domain/room.h"

namespace chatwire::xmpp {

/// Invitations into rooms. On the writer's thread, in its transaction.
class InvitationTable {
 public:
  explicit InvitationTable(sqlite::Database& database) : database_(&database) {}

  /// Adds or replaces, and keeps the newest of an account.
  absl::Status Put(const std::string& account, const RoomInvitation& invitation);
  absl::Status Remove(const std::string& account, const std::string& room);

 private:
  sqlite::Database* database_;
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_JOURNAL_INVITATION_TABLE_H_
