#include "mqtt-service/store/query_cache.h"

#include <utility>

namespace chatwire::mqtt {

Query::Query(sqlite::Statement* statement, absl::Status& error)
    : statement_(statement), error_(error) {}

Query::~Query() {
  if (statement_ != nullptr) statement_->Reset();
}

Query& Query::Int(int64_t value) {
  if (statement_ != nullptr) statement_->BindInt(next_parameter_++, value);
  return *this;
}

Query& Query::Text(absl::string_view value) {
  if (statement_ != nullptr) statement_->BindText(next_parameter_++, value);
  return *this;
}

Query& Query::Blob(absl::string_view value) {
  if (statement_ != nullptr) statement_->BindBlob(next_parameter_++, value);
  return *this;
}

Query& Query::Time(absl::Time value) {
  if (statement_ == nullptr) return *this;
  if (value == absl::InfinitePast() || value == absl::InfiniteFuture()) {
    statement_->BindNull(next_parameter_++);
  } else {
    statement_->BindTime(next_parameter_++, value);
  }
  return *this;
}

bool Query::Next() {
  if (statement_ == nullptr || !error_.ok()) return false;
  const auto row = statement_->Step();
  if (!row.ok()) error_ = row.status();
  return row.ok() && *row;
}

void Query::Run() {
  while (Next()) {
  }
}

absl::Time Query::GetTime(int column, absl::Time null) const {
  return statement_->IsNull(column) ? null : statement_->Time(column);
}

Query QueryCache::operator()(const char* sql) {
  auto found = statements_.find(sql);
  if (found == statements_.end() && error_.ok()) {
    auto statement = database_.Prepare(sql);
    if (!statement.ok()) {
      error_ = statement.status();
    } else {
      found = statements_.emplace(sql, *std::move(statement)).first;
    }
  }
  return Query(found == statements_.end() ? nullptr : &found->second, error_);
}

}  // namespace chatwire::mqtt
