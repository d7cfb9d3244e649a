#ifndef CHATWIRE_XMPP_SERVICE_JOURNAL_SQLITE_EVENT_LOG_H_
#define CHATWIRE_XMPP_SERVICE_JOURNAL_SQLITE_EVENT_LOG_H_

#include <atomic>
#include <memory>
#include <set>
#include <string>

#include "common/mutex.h"
#include "xmpp-service/domain/event_log.h"
#include "xmpp-service/journal/journal_reader.h"
#include "xmpp-service/journal/journal_writer.h"

namespace chatwire::xmpp {

/// The event log in SQLite.
class SqliteEventLog final : public EventLog {
 public:
  /// @p writer and @p reader outlive it, but for what they still run: end them first.
  static absl::StatusOr<std::unique_ptr<SqliteEventLog>> Open(JournalWriter& writer,
                                                              JournalReader& reader);

  void Append(const std::string& account, EventPayload payload, Completion<int64_t> done) override;
  void Record(Arrival arrival, Completion<Recorded> done) override;
  void Read(EventQuery query, Completion<EventPage> done) override;
  void GetArchiveMark(const std::string& account,
                      Completion<std::optional<ArchiveMark>> done) override;
  void SetArchiveMark(const std::string& account, ArchiveMark mark, Completion<bool> done) override;
  int64_t LastSequence() const override { return last_sequence_.load(); }
  const std::string& LogId() const override { return writer_.log_id(); }
  void AddListener(EventLogListener* listener) override;
  void RemoveListener(EventLogListener* listener) override;

  /// Deletes what @p retention does not keep; goes on by itself until that is done.
  void Compact(const Retention& retention);

 private:
  SqliteEventLog(JournalWriter& writer, JournalReader& reader) : writer_(writer), reader_(reader) {}

  void OnCommit(JournalWriter::Tables& tables);

  JournalWriter& writer_;
  JournalReader& reader_;
  std::atomic<int64_t> last_sequence_{0};
  Mutex mutex_;
  std::set<EventLogListener*> listeners_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_JOURNAL_SQLITE_EVENT_LOG_H_
