#ifndef CHATWIRE_COMMON_SQLITE_MIGRATIONS_H_
#define CHATWIRE_COMMON_SQLITE_MIGRATIONS_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "common/sqlite/database.h"

namespace chatwire::sqlite {

/// Brings a database's schema up to date. Step N of @p steps leads to version N + 1; the version
/// reached is in `PRAGMA user_version`. Each step runs in one transaction. A step that was released
/// is never changed: add one.
///
/// Errors: FAILED_PRECONDITION when the database is newer than this program knows.
absl::Status Migrate(Database& database, const std::vector<std::string>& steps);

}  // namespace chatwire::sqlite

#endif  // CHATWIRE_COMMON_SQLITE_MIGRATIONS_H_
