#ifndef CHATWIRE_XMPP_SERVICE_JOURNAL_ROOM_OUTBOX_H_
#define CHATWIRE_XMPP_SERVICE_JOURNAL_ROOM_OUTBOX_H_

#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "common/sqlite/database.h"
#include "xmpp-service/domain/room_store.h"

namespace chatwire::xmpp {

/// What an outgoing message says and does, as the outbox keeps it. Errors: DATA_LOSS.
absl::Status DecodeRoomContent(const std::string& encoded, OutgoingRoomMessage& message);

/// The messages on their way into rooms. On the writer's thread, in its transaction.
class RoomOutbox {
 public:
  RoomOutbox(sqlite::Database& database, absl::Time now) : database_(&database), now_(now) {}

  /// Once for each request_id. Errors: NOT_FOUND/NOT_IN_ROOM, NOT_FOUND/MESSAGE_NOT_FOUND,
  /// ALREADY_EXISTS/REQUEST_ID_REUSED,
  /// RESOURCE_EXHAUSTED/OUTBOX_FULL.
  absl::StatusOr<AcceptedRoomMessage> Accept(const NewRoomMessage& message);

  struct Row {
    std::string room;
    std::string nick;
    DeliveryStage stage;
  };
  absl::StatusOr<std::optional<Row>> Find(const std::string& account,
                                          const std::string& message_id);
  absl::Status SetStage(const std::string& account, const std::string& message_id,
                        DeliveryStage stage);

 private:
  absl::StatusOr<std::optional<AcceptedRoomMessage>> FindRequest(const NewRoomMessage& message);
  /// The action as it is to be sent. Errors: NOT_FOUND/MESSAGE_NOT_FOUND.
  absl::StatusOr<MessageAction> ActionOf(const NewRoomMessage& message);
  absl::Status CheckJoined(const NewRoomMessage& message);
  absl::Status CheckSpace(const std::string& account);

  sqlite::Database* database_;
  absl::Time now_;
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_JOURNAL_ROOM_OUTBOX_H_
