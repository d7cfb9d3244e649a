#include "common/sqlite/database.h"

#include <sqlite3.h>
#include <sys/stat.h>

#include <utility>

#include "absl/log/log.h"
#include "absl/strings/str_cat.h"

namespace chatwire::sqlite {
namespace {

constexpr int kBusyTimeoutMs = 10'000;

absl::StatusCode CodeOf(int result) {
  switch (result & 0xff) {
    case SQLITE_FULL:
      return absl::StatusCode::kResourceExhausted;
    case SQLITE_CONSTRAINT:
      return absl::StatusCode::kAlreadyExists;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return absl::StatusCode::kUnavailable;
    default:
      return absl::StatusCode::kInternal;
  }
}

}  // namespace

absl::Status SqliteError(sqlite3* handle, const std::string& doing) {
  return absl::Status(CodeOf(sqlite3_extended_errcode(handle)),
                      absl::StrCat("database: ", sqlite3_errmsg(handle), " (while: ", doing, ")"));
}

absl::StatusOr<Database> Database::Open(const std::string& path) {
  sqlite3* handle = nullptr;
  // The journal's files take the mode of the database file; nobody else reads what is in there.
  const mode_t old_mask = umask(S_IRWXG | S_IRWXO);
  const int result =
      sqlite3_open_v2(path.c_str(), &handle,
                      SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, nullptr);
  umask(old_mask);
  if (result != SQLITE_OK) {
    const std::string words = handle == nullptr ? "out of memory" : sqlite3_errmsg(handle);
    sqlite3_close(handle);
    return absl::FailedPreconditionError(absl::StrCat("cannot open ", path, ": ", words));
  }
  Database database(handle);
  sqlite3_busy_timeout(handle, kBusyTimeoutMs);
  const absl::Status status = database.Execute(
      "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
      "PRAGMA journal_size_limit=67108864;");
  if (!status.ok()) {
    return absl::FailedPreconditionError(absl::StrCat("cannot use ", path, ": ", status.message()));
  }
  return database;
}

Database::Database(sqlite3* handle) : handle_(handle) {}

Database::Database(Database&& other) noexcept : handle_(std::exchange(other.handle_, nullptr)) {}

Database& Database::operator=(Database&& other) noexcept {
  std::swap(handle_, other.handle_);
  return *this;
}

Database::~Database() {
  // close_v2 waits for statements that are destroyed later.
  sqlite3_close_v2(handle_);
}

absl::StatusOr<Statement> Database::Prepare(const std::string& sql) {
  sqlite3_stmt* statement = nullptr;
  if (sqlite3_prepare_v3(handle_, sql.c_str(), -1, SQLITE_PREPARE_PERSISTENT, &statement,
                         nullptr) != SQLITE_OK) {
    return SqliteError(handle_, sql);
  }
  return Statement(statement);
}

absl::Status Database::Execute(const std::string& sql) {
  if (sqlite3_exec(handle_, sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) {
    return SqliteError(handle_, sql);
  }
  return absl::OkStatus();
}

absl::Status Database::Transaction(const std::function<absl::Status()>& body) {
  absl::Status status = Execute("BEGIN IMMEDIATE");
  if (!status.ok()) return status;
  status = body();
  if (status.ok()) status = Execute("COMMIT");
  if (!status.ok()) {
    const absl::Status rolled_back = Execute("ROLLBACK");
    // SQLite rolls back by itself on some errors; then there is nothing left to do.
    if (!rolled_back.ok()) LOG(WARNING) << "rollback: " << rolled_back.message();
  }
  return status;
}

int64_t Database::LastInsertId() const { return sqlite3_last_insert_rowid(handle_); }

int64_t Database::ChangedRows() const { return sqlite3_changes64(handle_); }

}  // namespace chatwire::sqlite
