#ifndef CHATWIRE_XMPP_SERVICE_JOURNAL_OUTBOX_TABLE_H_
#define CHATWIRE_XMPP_SERVICE_JOURNAL_OUTBOX_TABLE_H_

#include <map>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "common/clock.h"
#include "common/sqlite/database.h"
#include "xmpp-service/domain/outbox.h"

namespace chatwire::xmpp {

/// Outgoing messages and the requests that made them. On the writer's thread, in its transaction.
class OutboxTable {
 public:
  OutboxTable(sqlite::Database& database, const Clock& clock)
      : database_(&database), clock_(&clock) {}

  /// What an earlier call with the same request_id has made; nothing when there was none.
  /// Errors: ALREADY_EXISTS/REQUEST_ID_REUSED.
  absl::StatusOr<std::optional<AcceptedMessage>> FindRequest(const NewMessage& message);

  /// Stores the message, with @p action for that of the request, and the request.
  /// Errors: RESOURCE_EXHAUSTED/OUTBOX_FULL.
  absl::StatusOr<AcceptedMessage> Insert(const NewMessage& message, const MessageAction& action);

  /// The message's recipient and stage; nothing when it is not known.
  struct Row {
    std::string to;
    DeliveryStage stage;
  };
  absl::StatusOr<std::optional<Row>> Find(const std::string& account,
                                          const std::string& message_id);

  absl::Status SetStage(const std::string& account, const std::string& message_id,
                        DeliveryStage stage);

  /// Forgets what nobody can ask for any more.
  absl::Status Compact();

 private:
  sqlite::Database* database_;
  const Clock* clock_;
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_JOURNAL_OUTBOX_TABLE_H_
