#ifndef CHATWIRE_COMMON_SQLITE_DATABASE_H_
#define CHATWIRE_COMMON_SQLITE_DATABASE_H_

#include <cstdint>
#include <functional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/sqlite/statement.h"

struct sqlite3;

namespace chatwire::sqlite {

/// One connection to a SQLite database in WAL mode with synchronous=FULL: what was committed
/// survives the crash of the process and of the machine.
///
/// Not thread-safe: one thread at a time. Open one for each thread that needs the file; readers do
/// not block the writer.
class Database {
 public:
  /// Opens or creates @p path with mode 0600. Errors: FAILED_PRECONDITION with the path and
  /// SQLite's words.
  static absl::StatusOr<Database> Open(const std::string& path);

  Database(Database&& other) noexcept;
  Database& operator=(Database&& other) noexcept;
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;
  ~Database();

  /// Compiles one statement.
  absl::StatusOr<Statement> Prepare(const std::string& sql);

  /// Runs one or more statements without parameters.
  absl::Status Execute(const std::string& sql);

  /// Runs @p body in one write transaction (BEGIN IMMEDIATE): commits when it returns OK, else
  /// rolls back and returns its error.
  absl::Status Transaction(const std::function<absl::Status()>& body);

  int64_t LastInsertId() const;
  /// Rows that the last INSERT, UPDATE or DELETE touched.
  int64_t ChangedRows() const;

 private:
  explicit Database(sqlite3* handle);

  sqlite3* handle_;
};

/// The error of the last call on @p handle: RESOURCE_EXHAUSTED for a full disk, ALREADY_EXISTS for
/// a violated constraint, UNAVAILABLE for a locked file, else INTERNAL.
absl::Status SqliteError(sqlite3* handle, const std::string& doing);

}  // namespace chatwire::sqlite

#endif  // CHATWIRE_COMMON_SQLITE_DATABASE_H_
