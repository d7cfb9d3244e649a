#ifndef CHATWIRE_COMMON_SQLITE_STATEMENT_H_
#define CHATWIRE_COMMON_SQLITE_STATEMENT_H_

#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"

struct sqlite3_stmt;

namespace chatwire::sqlite {

/// One prepared statement. Get it from Database::Prepare and keep it: preparing costs more than
/// running.
///
/// Bind with 1-based indices, step, read columns with 0-based indices, and Reset before the next
/// use (also drops the bindings). Times are stored as microseconds since 1970. Same thread rule as
/// its Database, which must outlive it.
class Statement {
 public:
  explicit Statement(sqlite3_stmt* handle);
  Statement(Statement&& other) noexcept;
  Statement& operator=(Statement&& other) noexcept;
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;
  ~Statement();

  Statement& BindInt(int index, int64_t value);
  Statement& BindText(int index, absl::string_view value);
  Statement& BindBlob(int index, absl::string_view value);
  Statement& BindTime(int index, absl::Time value);
  Statement& BindNull(int index);

  /// Advances to the next row: true when there is one, false at the end.
  absl::StatusOr<bool> Step();

  /// Steps to the end, for statements without rows, and resets.
  absl::Status Run();

  void Reset();

  int64_t Int(int column) const;
  std::string Text(int column) const;
  std::string Blob(int column) const;
  absl::Time Time(int column) const;
  bool IsNull(int column) const;

 private:
  sqlite3_stmt* handle_;
};

}  // namespace chatwire::sqlite

#endif  // CHATWIRE_COMMON_SQLITE_STATEMENT_H_
