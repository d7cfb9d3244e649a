#ifndef CHATWIRE_MQTT_SERVICE_STORE_QUERY_CACHE_H_
#define CHATWIRE_MQTT_SERVICE_STORE_QUERY_CACHE_H_

#include <map>
#include <string>

#include "absl/status/status.h"
#include "common/sqlite/database.h"
#include "common/sqlite/statement.h"

namespace chatwire::mqtt {

/// One use of a prepared statement inside a transaction: bind, then Run or Next. Once anything in
/// the transaction has failed, it does nothing. Resets the statement when it goes.
class Query {
 public:
  Query(sqlite::Statement* statement, absl::Status& error);
  ~Query();
  Query(const Query&) = delete;
  Query& operator=(const Query&) = delete;

  Query& Int(int64_t value);
  Query& Text(absl::string_view value);
  Query& Blob(absl::string_view value);
  /// Stores infinite times as NULL.
  Query& Time(absl::Time value);

  /// Advances to the next row; false at the end and after an error.
  bool Next();
  /// For statements without rows.
  void Run();

  int64_t GetInt(int column) const { return statement_->Int(column); }
  bool GetBool(int column) const { return statement_->Int(column) != 0; }
  std::string GetText(int column) const { return statement_->Text(column); }
  std::string GetBlob(int column) const { return statement_->Blob(column); }
  /// NULL is @p null.
  absl::Time GetTime(int column, absl::Time null) const;

 private:
  sqlite::Statement* statement_;
  absl::Status& error_;
  int next_parameter_ = 1;
};

/// The prepared statements of one database, and the first error of the transaction that runs.
///
/// Not thread-safe.
class QueryCache {
 public:
  explicit QueryCache(sqlite::Database& database) : database_(database) {}

  /// The statement @p sql, which must be a literal: it is the key. One use of it at a time.
  Query operator()(const char* sql);

  /// The first error since Clear.
  const absl::Status& error() const { return error_; }
  void Clear() { error_ = absl::OkStatus(); }

  int64_t ChangedRows() const { return database_.ChangedRows(); }

 private:
  sqlite::Database& database_;
  std::map<const char*, sqlite::Statement> statements_;
  absl::Status error_;
};

}  // namespace chatwire::mqtt

#endif  // CHATWIRE_MQTT_SERVICE_STORE_QUERY_CACHE_H_
