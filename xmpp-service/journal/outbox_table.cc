#include "xmpp-service/journal/outbox_table.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "common/uuid.h"
#include "xmpp-service/domain/errors.h"
#include "xmpp-service/wire/chat_event_proto.h"

namespace chatwire::xmpp {
namespace {

// AIP-155: as the API promises.
constexpr absl::Duration kKeepRequests = absl::Hours(24);
// A catch-up may find own messages in the archive long after they were sent.
constexpr absl::Duration kKeepMessages = absl::Hours(24 * 30);

std::string ContentOf(const NewMessage& message) {
  OutgoingMessage content;
  content.body = message.body;
  content.details = message.details;
  content.action = message.action;
  return DerivedUuid("content", absl::StrCat(message.to, "\n", EncodeContent(content)));
}

OutgoingMessage ToOutgoing(const NewMessage& message, int64_t row, const std::string& message_id) {
  return {row, message_id, message.to, message.body, message.details, message.action};
}

std::string MessageIdOf(const NewMessage& message) {
  return DerivedUuid(message.account, message.request_id);
}

}  // namespace

absl::StatusOr<std::optional<AcceptedMessage>> OutboxTable::FindRequest(const NewMessage& message) {
  auto select = database_->Prepare(
      "SELECT r.content, r.message_id, r.create_time, o.id, o.stage FROM request r"
      " LEFT JOIN outgoing o ON o.account = r.account AND o.message_id = r.message_id"
      " WHERE r.account = ? AND r.request_id = ?");
  if (!select.ok()) return select.status();
  select->BindText(1, message.account).BindText(2, message.request_id);
  const auto found = select->Step();
  if (!found.ok()) return found.status();
  if (!*found) return std::optional<AcceptedMessage>();
  if (select->Text(0) != ContentOf(message)) {
    return Error(absl::StatusCode::kAlreadyExists, "REQUEST_ID_REUSED",
                 "the same `request_id` was used with another recipient or other content");
  }
  AcceptedMessage accepted;
  accepted.message = ToOutgoing(message, select->Int(3), select->Text(1));
  accepted.accept_time = select->Time(2);
  // A message that is gone from the outbox was acknowledged long ago.
  accepted.stage =
      select->IsNull(4) ? DeliveryStage::kServerAck : static_cast<DeliveryStage>(select->Int(4));
  accepted.replayed = true;
  return std::optional<AcceptedMessage>(std::move(accepted));
}

absl::StatusOr<AcceptedMessage> OutboxTable::Insert(const NewMessage& message,
                                                    const MessageAction& action) {
  auto count = database_->Prepare("SELECT COUNT(*) FROM outgoing WHERE account = ? AND stage = 1");
  if (!count.ok()) return count.status();
  count->BindText(1, message.account);
  const auto counted = count->Step();
  if (!counted.ok()) return counted.status();
  if (count->Int(0) >= kMaximumPendingMessages) {
    return Error(
        absl::StatusCode::kResourceExhausted, "OUTBOX_FULL",
        absl::StrCat(count->Int(0), " messages of this account wait for the server already"));
  }
  AcceptedMessage accepted;
  accepted.accept_time = clock_->Now();
  accepted.message = ToOutgoing(message, 0, MessageIdOf(message));
  accepted.message.action = action;
  auto insert = database_->Prepare(
      "INSERT INTO outgoing(account, message_id, recipient, body, stage, accept_time, content)"
      " VALUES(?, ?, ?, '', 1, ?, ?)");
  if (!insert.ok()) return insert.status();
  insert->BindText(1, message.account)
      .BindText(2, accepted.message.message_id)
      .BindText(3, message.to)
      .BindTime(4, accepted.accept_time)
      .BindBlob(5, EncodeContent(accepted.message));
  absl::Status status = insert->Run();
  if (!status.ok()) return status;
  accepted.message.row = database_->LastInsertId();
  auto remember = database_->Prepare(
      "INSERT INTO request(account, request_id, content, message_id, create_time)"
      " VALUES(?, ?, ?, ?, ?)");
  if (!remember.ok()) return remember.status();
  remember->BindText(1, message.account)
      .BindText(2, message.request_id)
      .BindText(3, ContentOf(message))
      .BindText(4, accepted.message.message_id)
      .BindTime(5, accepted.accept_time);
  status = remember->Run();
  if (!status.ok()) return status;
  return accepted;
}

absl::StatusOr<std::optional<OutboxTable::Row>> OutboxTable::Find(const std::string& account,
                                                                  const std::string& message_id) {
  auto select = database_->Prepare(
      "SELECT recipient, stage FROM outgoing WHERE account = ? AND message_id = ?");
  if (!select.ok()) return select.status();
  select->BindText(1, account).BindText(2, message_id);
  const auto found = select->Step();
  if (!found.ok()) return found.status();
  if (!*found) return std::optional<Row>();
  return std::optional<Row>(Row{select->Text(0), static_cast<DeliveryStage>(select->Int(1))});
}

absl::Status OutboxTable::SetStage(const std::string& account, const std::string& message_id,
                                   DeliveryStage stage) {
  auto update = database_->Prepare(
      "UPDATE outgoing SET stage = ?, body = '', content = NULL WHERE account = ? AND message_id = "
      "?");
  if (!update.ok()) return update.status();
  return update->BindInt(1, static_cast<int>(stage))
      .BindText(2, account)
      .BindText(3, message_id)
      .Run();
}

absl::Status OutboxTable::Compact() {
  auto requests = database_->Prepare("DELETE FROM request WHERE create_time < ?");
  if (!requests.ok()) return requests.status();
  absl::Status status = requests->BindTime(1, clock_->Now() - kKeepRequests).Run();
  auto messages = database_->Prepare("DELETE FROM outgoing WHERE stage <> 1 AND accept_time < ?");
  if (!messages.ok()) return messages.status();
  status.Update(messages->BindTime(1, clock_->Now() - kKeepMessages).Run());
  auto seen = database_->Prepare("DELETE FROM seen WHERE create_time < ?");
  if (!seen.ok()) return seen.status();
  status.Update(seen->BindTime(1, clock_->Now() - kKeepMessages).Run());
  return status;
}

}  // namespace chatwire::xmpp
