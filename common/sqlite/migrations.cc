#include "common/sqlite/migrations.h"

#include <utility>

#include "absl/strings/str_cat.h"

namespace chatwire::sqlite {
namespace {

absl::StatusOr<size_t> VersionOf(Database& database) {
  auto statement = database.Prepare("PRAGMA user_version");
  if (!statement.ok()) return statement.status();
  const auto row = statement->Step();
  if (!row.ok()) return row.status();
  return static_cast<size_t>(statement->Int(0));
}

}  // namespace

absl::Status Migrate(Database& database, const std::vector<std::string>& steps) {
  const auto version = VersionOf(database);
  if (!version.ok()) return version.status();
  if (*version > steps.size()) {
    return absl::FailedPreconditionError(
        absl::StrCat("the database has version ", *version, ", this program knows ", steps.size(),
                     ": it was written by a newer release; run that one"));
  }
  for (size_t step = *version; step < steps.size(); ++step) {
    const absl::Status status = database.Transaction([&] {
      absl::Status applied = database.Execute(steps[step]);
      if (!applied.ok()) return applied;
      return database.Execute(absl::StrCat("PRAGMA user_version = ", step + 1));
    });
    if (!status.ok()) return status;
  }
  return absl::OkStatus();
}

}  // namespace chatwire::sqlite
