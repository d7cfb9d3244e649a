#include "xmpp-service/journal/sqlite_outbox.h"

#include <utility>

#include "xmpp-service/domain/text.h"

namespace chatwire::xmpp {
namespace {

constexpr size_t kMaximumErrorTextBytes = 1024;

absl::StatusOr<AcceptedMessage> AcceptOnce(JournalWriter::Tables& tables,
                                           const NewMessage& message) {
  auto earlier = tables.outbox.FindRequest(message);
  if (!earlier.ok()) return earlier.status();
  if (earlier->has_value()) return **std::move(earlier);
  auto accepted = tables.outbox.Insert(message);
  if (!accepted.ok()) return accepted;
  const auto sequence = tables.events.Append(
      message.account, MessageSent{message.to, message.body, accepted->message.message_id,
                                   MessageSource::kApi, accepted->accept_time});
  if (!sequence.ok()) return sequence.status();
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
                              const std::string& message_id, const StanzaError& error) {
  const auto row = tables.outbox.Find(account, message_id);
  if (!row.ok()) return row.status();
  if (!row->has_value() || (*row)->stage == DeliveryStage::kFailed) return false;
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
            "SELECT id, message_id, recipient, body FROM outgoing"
            " WHERE account = ? AND stage = 1 AND id > ? ORDER BY id LIMIT ?");
        if (!select.ok()) return select.status();
        select->BindText(1, account).BindInt(2, after_row).BindInt(3, limit);
        std::vector<OutgoingMessage> messages;
        for (;;) {
          const auto row = select->Step();
          if (!row.ok()) return row.status();
          if (!*row) return messages;
          messages.push_back({select->Int(0), select->Text(1), select->Text(2), select->Text(3)});
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
                        StanzaError error, Completion<bool> done) {
  error.text = TruncateUtf8(error.text, kMaximumErrorTextBytes);
  writer_.Submit<bool>(
      [account, message_id, error = std::move(error)](JournalWriter::Tables& tables) {
        return FailOnce(tables, account, message_id, error);
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
