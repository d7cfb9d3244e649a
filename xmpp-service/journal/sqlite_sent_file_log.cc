#include "xmpp-service/journal/sqlite_sent_file_log.h"

#include <utility>

namespace chatwire::xmpp {
namespace {

// As long as the outbox remembers the request of the message.
constexpr absl::Duration kKeep = absl::Hours(24);

absl::StatusOr<std::optional<UploadedFile>> FindIn(sqlite::Database& database,
                                                   const std::string& account,
                                                   const std::string& request_id,
                                                   absl::Time oldest) {
  auto select = database.Prepare(
      "SELECT content, url, file_name, media_type, size_bytes, sha256 FROM sent_file"
      " WHERE account = ? AND request_id = ? AND create_time >= ?");
  if (!select.ok()) return select.status();
  select->BindText(1, account).BindText(2, request_id).BindTime(3, oldest);
  const auto found = select->Step();
  if (!found.ok()) return found.status();
  if (!*found) return std::optional<UploadedFile>();
  return std::optional<UploadedFile>(UploadedFile{account, request_id, select->Text(0),
                                                  select->Text(1), select->Text(2), select->Text(3),
                                                  select->Int(4), select->Blob(5)});
}

absl::Status Insert(sqlite::Database& database, const UploadedFile& file, absl::Time now) {
  auto forget = database.Prepare("DELETE FROM sent_file WHERE create_time < ?");
  if (!forget.ok()) return forget.status();
  absl::Status status = forget->BindTime(1, now - kKeep).Run();
  if (!status.ok()) return status;
  auto insert = database.Prepare(
      "INSERT INTO sent_file(account, request_id, content, url, file_name, media_type, size_bytes,"
      " sha256, create_time) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?)");
  if (!insert.ok()) return insert.status();
  return insert->BindText(1, file.account)
      .BindText(2, file.request_id)
      .BindText(3, file.content)
      .BindText(4, file.url)
      .BindText(5, file.file_name)
      .BindText(6, file.media_type)
      .BindInt(7, file.size_bytes)
      .BindBlob(8, file.sha256)
      .BindTime(9, now)
      .Run();
}

}  // namespace

void SqliteSentFileLog::Find(const std::string& account, const std::string& request_id,
                             Completion<std::optional<UploadedFile>> done) {
  // With the writer: what was remembered a moment ago is seen.
  writer_.Submit<std::optional<UploadedFile>>(
      [account, request_id, oldest = clock_.Now() - kKeep](JournalWriter::Tables& tables) {
        return FindIn(tables.database, account, request_id, oldest);
      },
      std::move(done));
}

void SqliteSentFileLog::Remember(UploadedFile file, Completion<UploadedFile> done) {
  writer_.Submit<UploadedFile>(
      [file = std::move(file),
       now = clock_.Now()](JournalWriter::Tables& tables) -> absl::StatusOr<UploadedFile> {
        const auto earlier = FindIn(tables.database, file.account, file.request_id, now - kKeep);
        if (!earlier.ok()) return earlier.status();
        if (earlier->has_value()) return **earlier;
        const absl::Status inserted = Insert(tables.database, file, now);
        if (!inserted.ok()) return inserted;
        return file;
      },
      std::move(done));
}

}  // namespace chatwire::xmpp
