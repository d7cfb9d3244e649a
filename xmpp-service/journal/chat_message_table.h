#ifndef CHATWIRE_XMPP_SERVICE_JOURNAL_CHAT_MESSAGE_TABLE_H_
#define CHATWIRE_XMPP_SERVICE_JOURNAL_CHAT_MESSAGE_TABLE_H_

#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "common/clock.h"
#include "common/sqlite/database.h"
#include "xmpp-service/domain/event_log.h"

namespace chatwire::xmpp {

/// Which messages have been seen in which chat, so that nobody can correct, retract or mark what is
/// not theirs. Only ids, no texts. On the writer's thread, in its transaction.
class ChatMessageTable {
 public:
  static absl::StatusOr<ChatMessageTable> Open(sqlite::Database& database, const Clock& clock);

  /// From now on @p reference leads to the message with @p original_id. What is known stays.
  absl::Status Remember(const std::string& account, const ChatReference& reference,
                        const std::string& original_id);

  /// The id under which the message was first told; nothing when it is not known.
  absl::StatusOr<std::optional<std::string>> Find(const std::string& account,
                                                  const ChatReference& reference);

  /// Forgets what is too old for anybody to come back to.
  absl::Status Compact();

 private:
  ChatMessageTable(sqlite::Database& database, const Clock& clock)
      : database_(&database), clock_(&clock) {}

  sqlite::Database* database_;
  const Clock* clock_;
  std::optional<sqlite::Statement> insert_;
  std::optional<sqlite::Statement> find_;
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_JOURNAL_CHAT_MESSAGE_TABLE_H_
