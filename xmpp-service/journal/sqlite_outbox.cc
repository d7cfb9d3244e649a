#include "xmpp-service/journal/sqlite_outbox.h"

#include <utility>
#include <variant>

#include "absl/log/log.h"
#include "absl/strings/str_cat.h"
#include "xmpp-service/domain/error_source.h"
#include "xmpp-service/domain/errors.h"
#include "xmpp-service/domain/jid.h"
#include "xmpp-service/domain/sent_event.h"
#include "xmpp-service/domain/text.h"
#include "xmpp-service/wire/chat_event_proto.h"

namespace chatwire::xmpp {
namespace {

constexpr size_t kMaximumErrorTextBytes = 1024;

ChatReference OwnMessage(const std::string& to, const std::string& message_id) {
  return {BareOf(to), true, message_id};
}

/// The action with the id of the original message: a correction of a correction is one of the
/// original (XEP-0308, section 4).
absl::StatusOr<MessageAction> ResolveAction(JournalWriter::Tables& tables,
                                            const NewMessage& message) {
  MessageAction action = message.action;
  auto* correction = std::get_if<Correction>(&action);
  auto* retraction = std::get_if<Retraction>(&action);
  if (correction == nullptr && retraction == nullptr) return action;
  std::string& id = correction != nullptr ? correction->message_id : retraction->message_id;
  const auto original = tables.messages.Find(message.account, OwnMessage(message.to, id));
  if (!original.ok()) return original.status();
  if (!original->has_value()) {
    return Error(absl::StatusCode::kNotFound, "MESSAGE_NOT_FOUND",
                 absl::StrCat("the account has sent no message with this id to ", message.to,
                              " in the last 30 days"));
  }
  id = **original;
  return action;
}

/// So that it can be corrected, retracted, marked and receipted later on.
absl::Status RememberOwn(JournalWriter::Tables& tables, const std::string& account,
                         const OutgoingMessage& message) {
  const auto* correction = std::get_if<Correction>(&message.action);
  if (correction == nullptr && !std::holds_alternative<std::monostate>(message.action)) {
    return absl::OkStatus();
  }
  const std::string& original = correction == nullptr ? message.message_id : correction->message_id;
  ChatReference reference = OwnMessage(message.to, message.message_id);
  absl::Status status = tables.messages.Remember(account, reference, original);
  // Who is in a room is known by the full JID only.
  if (reference.chat != message.to) {
    reference.chat = message.to;
    status.Update(tables.messages.Remember(account, reference, original));
  }
  return status;
}

absl::StatusOr<AcceptedMessage> AcceptOnce(JournalWriter::Tables& tables,
                                           const NewMessage& message) {
  auto earlier = tables.outbox.FindRequest(message);
  if (!earlier.ok()) return earlier.status();
  if (earlier->has_value()) return **std::move(earlier);
  auto action = ResolveAction(tables, message);
  if (!action.ok()) return action.status();
  auto accepted = tables.outbox.Insert(message, *std::move(action));
  if (!accepted.ok()) return accepted;
  absl::Status status = tables.events
                            .Append(message.account, SentEvent(message.account, accepted->message,
                                                               accepted->accept_time))
                            .status();
  status.Update(RememberOwn(tables, message.account, accepted->message));
  if (!status.ok()) return status;
  return accepted;
}

absl::StatusOr<bool> AcknowledgeOnce(JournalWriter::Tables& tables, const std::string& account,
                                     const std::string& message_id) {
  const auto row = tables.outbox.Find(account, message_id);
  if (!row.ok()) return row.status();
  if (!row->has_value() || (*row)->stage != DeliveryStage::kAccepted) return false;
  absl::Status status = tables.outbox.SetStage(account, message_id, DeliveryStage::kServerAck);
  status.Update(
      tables.events.Append(account, MessageAcknowledged{(*row)->to, message_id}).status());
  if (!status.ok()) return status;
  return true;
}

absl::StatusOr<bool> FailOnce(JournalWriter::Tables& tables, const std::string& account,
                              const std::string& message_id, const std::string& from,
                              const StanzaError& error) {
  const auto row = tables.outbox.Find(account, message_id);
  if (!row.ok()) return row.status();
  if (!row->has_value() || (*row)->stage == DeliveryStage::kFailed) return false;
  if (!MayRefuse(account, (*row)->to, from)) {
    LOG(WARNING) << account << ": ignored an error by " << from << " about a message to "
                 << (*row)->to;
    return false;
  }
  absl::Status status = tables.outbox.SetStage(account, message_id, DeliveryStage::kFailed);
  status.Update(
      tables.events.Append(account, MessageFailed{(*row)->to, message_id, error}).status());
  if (!status.ok()) return status;
  return true;
}

}  // namespace

void SqliteOutbox::Accept(NewMessage message, Completion<AcceptedMessage> done) {
  writer_.Submit<AcceptedMessage>(
      [message = std::move(message)](JournalWriter::Tables& tables) {
        return AcceptOnce(tables, message);
      },
      std::move(done));
}

void SqliteOutbox::ListPending(const std::string& account, int64_t after_row, int limit,
                               Completion<std::vector<OutgoingMessage>> done) {
  reader_.Submit<std::vector<OutgoingMessage>>(
      [account, after_row,
       limit](sqlite::Database& database) -> absl::StatusOr<std::vector<OutgoingMessage>> {
        auto select = database.Prepare(
            "SELECT id, message_id, recipient, body, content FROM outgoing"
            " WHERE account = ? AND stage = 1 AND id > ? ORDER BY id LIMIT ?");
        if (!select.ok()) return select.status();
        select->BindText(1, account).BindInt(2, after_row).BindInt(3, limit);
        std::vector<OutgoingMessage> messages;
        for (;;) {
          const auto row = select->Step();
          if (!row.ok()) return row.status();
          if (!*row) return messages;
          OutgoingMessage message{select->Int(0), select->Text(1), select->Text(2),
                                  select->Text(3)};
          if (!select->IsNull(4)) {
            // One that cannot be read must not keep the others.
            message.damaged = !DecodeContent(select->Blob(4), message).ok();
          }
          messages.push_back(std::move(message));
        }
      },
      std::move(done));
}

void SqliteOutbox::Acknowledge(const std::string& account, const std::string& message_id,
                               Completion<bool> done) {
  writer_.Submit<bool>(
      [account, message_id](JournalWriter::Tables& tables) {
        return AcknowledgeOnce(tables, account, message_id);
      },
      std::move(done));
}

void SqliteOutbox::Fail(const std::string& account, const std::string& message_id,
                        const std::string& from, StanzaError error, Completion<bool> done) {
  error.text = TruncateUtf8(error.text, kMaximumErrorTextBytes);
  writer_.Submit<bool>(
      [account, message_id, from, error = std::move(error)](JournalWriter::Tables& tables) {
        return FailOnce(tables, account, message_id, from, error);
      },
      std::move(done));
}

void SqliteOutbox::CountPending(Completion<std::map<std::string, int64_t>> done) {
  reader_.Submit<std::map<std::string, int64_t>>(
      [](sqlite::Database& database) -> absl::StatusOr<std::map<std::string, int64_t>> {
        auto select = database.Prepare(
            "SELECT account, COUNT(*) FROM outgoing WHERE stage = 1 GROUP BY account");
        if (!select.ok()) return select.status();
        std::map<std::string, int64_t> counts;
        for (;;) {
          const auto row = select->Step();
          if (!row.ok()) return row.status();
          if (!*row) return counts;
          counts[select->Text(0)] = select->Int(1);
        }
      },
      std::move(done));
}

}  // namespace chatwire::xmpp
