#include "xmpp-service/journal/room_outbox.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "common/uuid.h"
#include "xmpp-service/domain/errors.h"
#include "xmpp-service/domain/outbox.h"
#include "xmpp-service/domain/room_error.h"
#include "xmpp-service/journal/room_message_table.h"
#include "xmpp-service/wire/chat_event_proto.h"

namespace chatwire::xmpp {
namespace {

std::string Encode(const std::string& body, const MessageDetails& details,
                   const MessageAction& action) {
  OutgoingMessage content;
  content.body = body;
  content.details = details;
  content.action = action;
  return EncodeContent(content);
}

std::string ContentOf(const NewRoomMessage& message) {
  std::string content = absl::StrCat(message.room, "\n", message.nick, "\n", message.body);
  const std::string rest = Encode("", message.details, message.action);
  // Of a plain text it is what older versions have stored.
  if (rest != Encode("", {}, {})) absl::StrAppend(&content, "\n", rest);
  return DerivedUuid("room content", content);
}

OutgoingRoomMessage ToOutgoing(const NewRoomMessage& message, int64_t row,
                               const std::string& message_id) {
  return {row,          message_id,      message.room,  message.nick,
          message.body, message.details, message.action};
}

}  // namespace

absl::Status DecodeRoomContent(const std::string& encoded, OutgoingRoomMessage& message) {
  OutgoingMessage content;
  const absl::Status status = DecodeContent(encoded, content);
  if (!status.ok()) return status;
  message.body = std::move(content.body);
  message.details = std::move(content.details);
  message.action = std::move(content.action);
  return absl::OkStatus();
}

absl::StatusOr<AcceptedRoomMessage> RoomOutbox::Accept(const NewRoomMessage& message) {
  auto earlier = FindRequest(message);
  if (!earlier.ok()) return earlier.status();
  if (earlier->has_value()) return **std::move(earlier);
  absl::Status status = CheckJoined(message);
  if (status.ok()) status = CheckSpace(message.account);
  if (!status.ok()) return status;
  auto action = ActionOf(message);
  if (!action.ok()) return action.status();
  AcceptedRoomMessage accepted;
  accepted.accept_time = now_;
  accepted.message = ToOutgoing(
      message, 0, DerivedUuid(absl::StrCat(message.account, "/room"), message.request_id));
  accepted.message.action = *std::move(action);
  auto insert = database_->Prepare(
      "INSERT INTO room_outgoing(account, room, nick, message_id, request_id, content, body, stage,"
      " accept_time, payload) VALUES(?, ?, ?, ?, ?, ?, '', 1, ?, ?)");
  if (!insert.ok()) return insert.status();
  status = insert->BindText(1, message.account)
               .BindText(2, message.room)
               .BindText(3, message.nick)
               .BindText(4, accepted.message.message_id)
               .BindText(5, message.request_id)
               .BindText(6, ContentOf(message))
               .BindTime(7, now_)
               .BindBlob(8, Encode(message.body, message.details, accepted.message.action))
               .Run();
  if (!status.ok()) return status;
  accepted.message.row = database_->LastInsertId();
  return accepted;
}

absl::StatusOr<std::optional<AcceptedRoomMessage>> RoomOutbox::FindRequest(
    const NewRoomMessage& message) {
  auto select = database_->Prepare(
      "SELECT id, message_id, content, stage, accept_time FROM room_outgoing"
      " WHERE account = ? AND request_id = ?");
  if (!select.ok()) return select.status();
  select->BindText(1, message.account).BindText(2, message.request_id);
  const auto found = select->Step();
  if (!found.ok()) return found.status();
  if (!*found) return std::optional<AcceptedRoomMessage>();
  if (select->Text(2) != ContentOf(message)) {
    return Error(absl::StatusCode::kAlreadyExists, "REQUEST_ID_REUSED",
                 "the same `request_id` was used with another room, nick or content");
  }
  AcceptedRoomMessage accepted;
  accepted.message = ToOutgoing(message, select->Int(0), select->Text(1));
  accepted.stage = static_cast<DeliveryStage>(select->Int(3));
  accepted.accept_time = select->Time(4);
  accepted.replayed = true;
  return std::optional<AcceptedRoomMessage>(std::move(accepted));
}

absl::StatusOr<MessageAction> RoomOutbox::ActionOf(const NewRoomMessage& message) {
  const auto* correction = std::get_if<Correction>(&message.action);
  const auto* retraction = std::get_if<Retraction>(&message.action);
  if (correction == nullptr && retraction == nullptr) return message.action;
  const std::string& id = correction != nullptr ? correction->message_id : retraction->message_id;
  const auto found = RoomMessageTable(*database_)
                         .Find(message.account, message.room, kOwnAuthor, RoomReference{false, id});
  if (!found.ok()) return found.status();
  if (!found->has_value()) {
    return Error(absl::StatusCode::kNotFound, "MESSAGE_NOT_FOUND",
                 "the room has shown no message of this account with that id in the last 30 days");
  }
  if (correction != nullptr) return Correction{(*found)->message_id};
  // XEP-0424, section 3.1: in rooms by the room's id.
  const bool by_room = !(*found)->stanza_id.empty();
  return Retraction{by_room ? (*found)->stanza_id : (*found)->message_id};
}

absl::Status RoomOutbox::CheckJoined(const NewRoomMessage& message) {
  auto select =
      database_->Prepare("SELECT COUNT(*) FROM joined_room WHERE account = ? AND room = ?");
  if (!select.ok()) return select.status();
  select->BindText(1, message.account).BindText(2, message.room);
  const auto counted = select->Step();
  if (!counted.ok()) return counted.status();
  return select->Int(0) > 0 ? absl::OkStatus() : NotInRoom(message.room);
}

absl::Status RoomOutbox::CheckSpace(const std::string& account) {
  auto select =
      database_->Prepare("SELECT COUNT(*) FROM room_outgoing WHERE account = ? AND stage = 1");
  if (!select.ok()) return select.status();
  select->BindText(1, account);
  const auto counted = select->Step();
  if (!counted.ok()) return counted.status();
  if (select->Int(0) < kMaximumPendingMessages) return absl::OkStatus();
  return Error(absl::StatusCode::kResourceExhausted, "OUTBOX_FULL",
               absl::StrCat(select->Int(0), " messages of this account wait for rooms already"));
}

absl::StatusOr<std::optional<RoomOutbox::Row>> RoomOutbox::Find(const std::string& account,
                                                                const std::string& message_id) {
  auto select = database_->Prepare(
      "SELECT room, nick, stage FROM room_outgoing WHERE account = ? AND message_id = ?");
  if (!select.ok()) return select.status();
  select->BindText(1, account).BindText(2, message_id);
  const auto found = select->Step();
  if (!found.ok()) return found.status();
  if (!*found) return std::optional<Row>();
  return std::optional<Row>(
      Row{select->Text(0), select->Text(1), static_cast<DeliveryStage>(select->Int(2))});
}

absl::Status RoomOutbox::SetStage(const std::string& account, const std::string& message_id,
                                  DeliveryStage stage) {
  auto update = database_->Prepare(
      "UPDATE room_outgoing SET stage = ?, body = '', payload = NULL"
      " WHERE account = ? AND message_id = ?");
  if (!update.ok()) return update.status();
  return update->BindInt(1, static_cast<int>(stage))
      .BindText(2, account)
      .BindText(3, message_id)
      .Run();
}

}  // namespace chatwire::xmpp
