#include "common/sqlite/statement.h"

#include <sqlite3.h>

#include <utility>

#include "common/sqlite/database.h"

namespace chatwire::sqlite {

Statement::Statement(sqlite3_stmt* handle) : handle_(handle) {}

Statement::Statement(Statement&& other) noexcept : handle_(std::exchange(other.handle_, nullptr)) {}

Statement& Statement::operator=(Statement&& other) noexcept {
  std::swap(handle_, other.handle_);
  return *this;
}

Statement::~Statement() { sqlite3_finalize(handle_); }

Statement& Statement::BindInt(int index, int64_t value) {
  sqlite3_bind_int64(handle_, index, value);
  return *this;
}

Statement& Statement::BindText(int index, absl::string_view value) {
  // A null pointer would bind NULL, and an empty view may have one.
  const char* data = value.empty() ? "" : value.data();
  sqlite3_bind_text64(handle_, index, data, value.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
  return *this;
}

Statement& Statement::BindBlob(int index, absl::string_view value) {
  const char* data = value.empty() ? "" : value.data();
  sqlite3_bind_blob64(handle_, index, data, value.size(), SQLITE_TRANSIENT);
  return *this;
}

Statement& Statement::BindTime(int index, absl::Time value) {
  return BindInt(index, absl::ToUnixMicros(value));
}

Statement& Statement::BindNull(int index) {
  sqlite3_bind_null(handle_, index);
  return *this;
}

absl::StatusOr<bool> Statement::Step() {
  const int result = sqlite3_step(handle_);
  if (result == SQLITE_ROW) return true;
  if (result == SQLITE_DONE) return false;
  absl::Status error = SqliteError(sqlite3_db_handle(handle_), sqlite3_sql(handle_));
  Reset();
  return error;
}

absl::Status Statement::Run() {
  absl::StatusOr<bool> more = true;
  while (more.ok() && *more) more = Step();
  Reset();
  return more.status();
}

void Statement::Reset() {
  sqlite3_reset(handle_);
  sqlite3_clear_bindings(handle_);
}

int64_t Statement::Int(int column) const { return sqlite3_column_int64(handle_, column); }

std::string Statement::Text(int column) const {
  const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(handle_, column));
  return text == nullptr
             ? std::string()
             : std::string(text, static_cast<size_t>(sqlite3_column_bytes(handle_, column)));
}

std::string Statement::Blob(int column) const {
  const auto* blob = static_cast<const char*>(sqlite3_column_blob(handle_, column));
  return blob == nullptr
             ? std::string()
             : std::string(blob, static_cast<size_t>(sqlite3_column_bytes(handle_, column)));
}

absl::Time Statement::Time(int column) const { return absl::FromUnixMicros(Int(column)); }

bool Statement::IsNull(int column) const {
  return sqlite3_column_type(handle_, column) == SQLITE_NULL;
}

}  // namespace chatwire::sqlite
