#ifndef CHATWIRE_XMPP_SERVICE_JOURNAL_EVENT_TABLE_H_
#define CHATWIRE_XMPP_SERVICE_JOURNAL_EVENT_TABLE_H_

#include <cstdint>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "chatwire/xmpp/v1/event_service.pb.h"
#include "common/clock.h"
#include "common/sqlite/database.h"
#include "xmpp-service/domain/event_log.h"
#include "xmpp-service/journal/history_table.h"

namespace chatwire::xmpp {

/// How long and how much the journal keeps.
struct Retention {
  absl::Duration age = absl::Hours(168);
  /// Of the database file, as far as it is in use.
  int64_t size_bytes = int64_t{4} << 30;
};

/// The events, what tells duplicates, and the archive marks. On the writer's thread, in its
/// transaction.
class EventTable {
 public:
  static absl::StatusOr<EventTable> Open(sqlite::Database& database, const Clock& clock);

  /// The journal's id, made when it is new.
  absl::StatusOr<std::string> LogId();
  absl::StatusOr<int64_t> LastSequence();

  /// Builds the history from the events of before there was one, or one like this.
  absl::Status IndexHistory();

  /// The new event's sequence.
  absl::StatusOr<int64_t> Append(const std::string& account, const EventPayload& payload);

  /// Whether the arrival is a copy of what is known; if not, it is known from now on.
  absl::StatusOr<bool> CheckDuplicate(const Arrival& arrival);

  absl::StatusOr<std::optional<ArchiveMark>> GetMark(const std::string& account);
  absl::Status SetMark(const std::string& account, const ArchiveMark& mark);

  /// Deletes some of what @p retention does not keep; returns the last sequence that is gone, or
  /// nothing when there was nothing to delete.
  absl::StatusOr<std::optional<int64_t>> Compact(const Retention& retention);

 private:
  EventTable(sqlite::Database& database, const Clock& clock)
      : database_(&database), clock_(&clock) {}

  absl::StatusOr<std::optional<std::string>> Meta(const std::string& key);
  absl::Status SetMeta(const std::string& key, const std::string& value);
  absl::StatusOr<int64_t> QueryInt(const std::string& sql);
  absl::Status Remember(const Arrival& arrival, const char* kind, const std::string& key);
  /// The last sequence that is too old, or that the size does not allow; 0: none.
  absl::StatusOr<int64_t> CompactionBound(const Retention& retention);

  sqlite::Database* database_;
  const Clock* clock_;
  std::optional<sqlite::Statement> insert_;
  std::optional<sqlite::Statement> find_seen_;
  std::optional<sqlite::Statement> insert_seen_;
  std::optional<sqlite::Statement> get_mark_;
  std::optional<sqlite::Statement> set_mark_;
  std::optional<HistoryTable> history_;
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_JOURNAL_EVENT_TABLE_H_
