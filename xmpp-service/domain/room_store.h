#ifndef CHATWIRE_XMPP_SERVICE_DOMAIN_ROOM_STORE_H_
#define CHATWIRE_XMPP_SERVICE_DOMAIN_ROOM_STORE_H_

#include <optional>
#include <string>
#include <vector>

#include "common/completion.h"
#include "xmpp-service/domain/event_log.h"
#include "xmpp-service/domain/room.h"

namespace chatwire::xmpp {

/// A joined room as it is kept over restarts.
struct StoredRoom {
  std::string room;
  std::string nick;
  /// By PasswordVault. Empty: none.
  std::string sealed_password;
  /// As last told.
  std::string subject;
  /// How far the room's messages have been journalled. Not set: not looked at yet.
  std::optional<ArchiveMark> mark;
  /// Set: the account does not come back by itself.
  std::optional<RoomFailure> failure;
};

/// RoomArrival::author of what this account writes.
inline constexpr char kOwnAuthor[] = "own";

/// A message of a room that another one is about.
struct RoomReference {
  /// By the room's id (XEP-0359), or that of its author where nothing has that id; else only the
  /// latter.
  bool by_room = false;
  std::string id;
};

/// What one message of a room does to the journal, in one transaction.
struct RoomArrival {
  std::string account;
  std::string room;
  /// The event to append. Not set: only the mark moves.
  std::optional<EventPayload> payload;
  /// The room's id for it. Empty where there is none.
  std::string stanza_id;
  /// The same for every copy of one message. Empty: copies cannot be told.
  std::string copy_key;
  /// The copy key is only what the message looks like: the sender gave it no id.
  bool weak_copy_key = false;
  /// It came later than it was sent: it may be a copy.
  bool delayed = false;
  /// The mark moves even over what is known already.
  bool from_archive = false;
  /// It comes from this account: if this is in the outbox, the room has confirmed it.
  std::string own_message_id;
  /// Who wrote it: the same for two messages only if one person did. Empty: cannot be told.
  std::string author;
  /// The payload counts only if this one is known, and of the same author; else `otherwise` does.
  std::optional<RoomReference> refers_to;
  /// Not set: nothing is appended.
  std::optional<EventPayload> otherwise;
  /// The author's ids of it, to which later ones may refer.
  std::vector<std::string> known_as;
  /// The room has this subject now.
  std::optional<std::string> subject;
  absl::Time time;
};

/// What became of a RoomArrival.
struct RoomRecorded {
  bool appended = false;
  /// The message with own_message_id had been waiting.
  bool confirmed = false;
  /// How far the room has been journalled now. Not set: as before.
  std::optional<ArchiveMark> mark;
};

/// A room message that somebody wants to have sent.
struct NewRoomMessage {
  std::string account;
  std::string room;
  /// Empty: to everybody.
  std::string nick;
  std::string body;
  std::string request_id;
  MessageDetails details = {};
  /// Correction and Retraction: of the account's own message, by the id that the account gave it.
  MessageAction action = {};
};

/// What became of a NewRoomMessage.
struct AcceptedRoomMessage {
  OutgoingRoomMessage message;
  DeliveryStage stage = DeliveryStage::kAccepted;
  absl::Time accept_time;
  bool replayed = false;
};

/// The rooms of the accounts, and what is to go there. Thread-safe; completions as in
/// EventLog.
class RoomStore {
 public:
  virtual ~RoomStore() = default;

  virtual void ListRooms(const std::string& account, Completion<std::vector<StoredRoom>> done) = 0;
  /// Adds or replaces all but subject and mark; where @p joined, the invitation goes.
  virtual void SaveRoom(const std::string& account, StoredRoom room, bool joined,
                        Completion<bool> done) = 0;
  /// Forgets the room. What still waits for it fails, with one RoomMessageFailed each; the result
  /// are the message ids.
  virtual void RemoveRoom(const std::string& account, const std::string& room,
                          Completion<std::vector<std::string>> done) = 0;
  virtual void SetMark(const std::string& account, const std::string& room, ArchiveMark mark,
                       Completion<bool> done) = 0;
  /// Journals a message of a room once.
  virtual void Record(RoomArrival arrival, Completion<RoomRecorded> done) = 0;

  /// Stores a message to send, once for each request_id. Errors: ALREADY_EXISTS/REQUEST_ID_REUSED,
  /// RESOURCE_EXHAUSTED/OUTBOX_FULL, NOT_FOUND/NOT_IN_ROOM, NOT_FOUND/MESSAGE_NOT_FOUND.
  virtual void Accept(NewRoomMessage message, Completion<AcceptedRoomMessage> done) = 0;
  /// Unconfirmed messages for @p room with a row above @p after_row, in order.
  virtual void ListPending(const std::string& account, const std::string& room, int64_t after_row,
                           int limit, Completion<std::vector<OutgoingRoomMessage>> done) = 0;
  /// The server has a message for one participant. False where nothing changed.
  virtual void Acknowledge(const std::string& account, const std::string& message_id,
                           Completion<bool> done) = 0;
  /// The message was answered with an error: appends RoomMessageFailed. False where nothing
  /// changed.
  virtual void Fail(const std::string& account, const std::string& message_id, StanzaError error,
                    Completion<bool> done) = 0;
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_DOMAIN_ROOM_STORE_H_
