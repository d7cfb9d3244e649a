#include "xmpp-service/journal/chat_message_table.h"

#include <utility>

namespace chatwire::xmpp {
namespace {

// As the comments of event_service.proto promise.
constexpr absl::Duration kKeep = absl::Hours(24 * 30);

}  // namespace

absl::StatusOr<ChatMessageTable> ChatMessageTable::Open(sqlite::Database& database,
                                                        const Clock& clock) {
  ChatMessageTable table(database, clock);
  auto insert = database.Prepare(
      "INSERT OR IGNORE INTO chat_message(account, chat, own, message_id, original_id, create_time)"
      " VALUES(?, ?, ?, ?, ?, ?)");
  if (!insert.ok()) return insert.status();
  table.insert_ = *std::move(insert);
  auto find = database.Prepare(
      "SELECT original_id FROM chat_message"
      " WHERE account = ? AND chat = ? AND own = ? AND message_id = ?");
  if (!find.ok()) return find.status();
  table.find_ = *std::move(find);
  return table;
}

absl::Status ChatMessageTable::Remember(const std::string& account, const ChatReference& reference,
                                        const std::string& original_id) {
  return insert_->BindText(1, account)
      .BindText(2, reference.chat)
      .BindInt(3, reference.own ? 1 : 0)
      .BindText(4, reference.message_id)
      .BindText(5, original_id)
      .BindTime(6, clock_->Now())
      .Run();
}

absl::StatusOr<std::optional<std::string>> ChatMessageTable::Find(const std::string& account,
                                                                  const ChatReference& reference) {
  find_->BindText(1, account)
      .BindText(2, reference.chat)
      .BindInt(3, reference.own ? 1 : 0)
      .BindText(4, reference.message_id);
  const auto found = find_->Step();
  if (!found.ok()) return found.status();
  std::optional<std::string> original;
  if (*found) original = find_->Text(0);
  find_->Reset();
  return original;
}

absl::Status ChatMessageTable::Compact() {
  auto remove = database_->Prepare("DELETE FROM chat_message WHERE create_time < ?");
  if (!remove.ok()) return remove.status();
  return remove->BindTime(1, clock_->Now() - kKeep).Run();
}

}  // namespace chatwire::xmpp
