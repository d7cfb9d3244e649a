#ifndef CHATWIRE_XMPP_SERVICE_JOURNAL_HISTORY_TABLE_H_
#define CHATWIRE_XMPP_SERVICE_JOURNAL_HISTORY_TABLE_H_

#include <cstdint>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "chatwire/xmpp/v1/event_service.pb.h"
#include "common/sqlite/database.h"

namespace chatwire::xmpp {

struct HistoryChange;

/// The messages among the events: where each stands, and what has become of it since. On the
/// writer's thread, in its transaction.
class HistoryTable {
 public:
  static absl::StatusOr<HistoryTable> Open(sqlite::Database& database);

  /// @p event is new: a message takes its place, what happens to a message changes that one.
  absl::Status Add(int64_t sequence, const v1::Event& event);

  /// Forgets everything, to be built anew from the events.
  absl::Status Clear();

  /// The events up to @p sequence are gone.
  absl::Status ForgetUpTo(int64_t sequence);

 private:
  explicit HistoryTable(sqlite::Database& database) : database_(&database) {}

  absl::Status Change(const std::string& account, const HistoryChange& change,
                      const v1::Event& event);

  sqlite::Database* database_;
  std::optional<sqlite::Statement> insert_;
  std::optional<sqlite::Statement> find_;
  std::optional<sqlite::Statement> update_;
  std::optional<sqlite::Statement> set_displayed_;
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_JOURNAL_HISTORY_TABLE_H_
