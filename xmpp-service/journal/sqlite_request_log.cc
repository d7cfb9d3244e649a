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
