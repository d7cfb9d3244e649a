#include "xmpp-service/journal/sqlite_request_log.h"

#include <utility>

#include "common/uuid.h"
#include "xmpp-service/domain/errors.h"

namespace chatwire::xmpp {
namespace {

absl::StatusOr<bool> BeginOnce(sqlite::Database& database, const std::string& account,
                               const std::string& request_id, const std::string& content,
                               absl::Time now) {
  auto find = database.Prepare("SELECT content FROM request WHERE account = ? AND request_id = ?");
  if (!find.ok()) return find.status();
  find->BindText(1, account).BindText(2, request_id);
  const auto found = find->Step();
  if (!found.ok()) return found.status();
  if (*found) {
    if (find->Text(0) == content) return false;
    return Error(absl::StatusCode::kAlreadyExists, "REQUEST_ID_REUSED",
                 "the same `request_id` was used with other content");
  }
  auto insert = database.Prepare(
      "INSERT INTO request(account, request_id, content, message_id, create_time)"
      " VALUES(?, ?, ?, '', ?)");
  if (!insert.ok()) return insert.status();
  insert->BindText(1, account).BindText(2, request_id).BindText(3, content).BindTime(4, now);
  const absl::Status status = insert->Run();
  if (!status.ok()) return status;
  return true;
}

}  // namespace

void SqliteRequestLog::Begin(const std::string& account, const std::string& request_id,
                             const std::string& content, Completion<bool> done) {
  const std::string digest = DerivedUuid("request", content);
  writer_.Submit<bool>(
      [this, account, request_id, digest](JournalWriter::Tables& tables) {
        return BeginOnce(tables.database, account, request_id, digest, clock_.Now());
      },
      std::move(done));
}

void SqliteRequestLog::Finish(const std::string& account, const std::string& request_id,
                              const std::string& answer, Completion<bool> done) {
  writer_.Submit<bool>(
      [account, request_id, answer](JournalWriter::Tables& tables) -> absl::StatusOr<bool> {
        auto update = tables.database.Prepare(
            "UPDATE request SET answer = ? WHERE account = ? AND request_id = ?");
        if (!update.ok()) return update.status();
        update->BindBlob(1, answer).BindText(2, account).BindText(3, request_id);
        const absl::Status status = update->Run();
        if (!status.ok()) return status;
        return true;
      },
      std::move(done));
}

void SqliteRequestLog::GetAnswer(const std::string& account, const std::string& request_id,
                                 Completion<std::optional<std::string>> done) {
  using Found = std::optional<std::string>;
  writer_.Submit<Found>(
      [account, request_id](JournalWriter::Tables& tables) -> absl::StatusOr<Found> {
        auto find = tables.database.Prepare(
            "SELECT answer FROM request"
            " WHERE account = ? AND request_id = ? AND answer IS NOT NULL");
        if (!find.ok()) return find.status();
        const auto found = find->BindText(1, account).BindText(2, request_id).Step();
        if (!found.ok()) return found.status();
        return *found ? Found(find->Blob(0)) : Found();
      },
      std::move(done));
}

void SqliteRequestLog::Forget(const std::string& account, const std::string& request_id,
                              Completion<bool> done) {
  writer_.Submit<bool>(
      [account, request_id](JournalWriter::Tables& tables) -> absl::StatusOr<bool> {
        auto remove =
            tables.database.Prepare("DELETE FROM request WHERE account = ? AND request_id = ?");
        if (!remove.ok()) return remove.status();
        const absl::Status status = remove->BindText(1, account).BindText(2, request_id).Run();
        if (!status.ok()) return status;
        return true;
      },
      std::move(done));
}

}  // namespace chatwire::xmpp
