#include "xmpp-service/journal/journal_writer.h"

#include "absl/log/log.h"
#include "common/error.h"
#include "common/sqlite/migrations.h"
#include "xmpp-service/journal/schema.h"

namespace chatwire::xmpp {

absl::StatusOr<std::unique_ptr<JournalWriter>> JournalWriter::Open(const std::string& path,
                                                                   const Clock& clock) {
  auto database = sqlite::Database::Open(path);
  if (!database.ok()) return database.status();
  std::unique_ptr<JournalWriter> writer(new JournalWriter(*std::move(database), clock));
  const absl::Status prepared = writer->Prepare();
  if (!prepared.ok()) return prepared;
  writer->thread_ = std::thread([raw = writer.get()] { raw->Loop(); });
  return writer;
}

JournalWriter::JournalWriter(sqlite::Database database, const Clock& clock)
    : database_(std::move(database)), clock_(clock), outbox_(database_, clock) {}

JournalWriter::~JournalWriter() {
  {
    MutexLock lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_one();
  if (thread_.joinable()) thread_.join();
}

absl::Status JournalWriter::Prepare() {
  const absl::Status migrated = sqlite::Migrate(database_, JournalSchema());
  if (!migrated.ok()) return migrated;
  auto events = EventTable::Open(database_, clock_);
  if (!events.ok()) return events.status();
  events_ = std::make_unique<EventTable>(*std::move(events));
  auto messages = ChatMessageTable::Open(database_, clock_);
  if (!messages.ok()) return messages.status();
  messages_ = std::make_unique<ChatMessageTable>(*std::move(messages));
  const absl::Status indexed = events_->IndexHistory();
  if (!indexed.ok()) return indexed;
  auto log_id = events_->LogId();
  if (!log_id.ok()) return log_id.status();
  log_id_ = *std::move(log_id);
  return absl::OkStatus();
}

void JournalWriter::Enqueue(std::unique_ptr<Task> task) {
  {
    MutexLock lock(mutex_);
    // Dropping the task answers it.
    if (stopping_) return;
    queue_.push_back(std::move(task));
  }
  changed_.notify_one();
}

JournalWriter::Tasks JournalWriter::Take() {
  MutexLock lock(mutex_);
  changed_.wait(lock.native(),
                [this]() ABSL_NO_THREAD_SAFETY_ANALYSIS { return stopping_ || !queue_.empty(); });
  return std::exchange(queue_, {});
}

void JournalWriter::Loop() {
  for (Tasks tasks = Take(); !tasks.empty(); tasks = Take()) Commit(std::move(tasks));
}

void JournalWriter::Commit(Tasks tasks) {
  absl::Status status = RunAll(tasks);
  Tables tables{database_, *events_, outbox_, *messages_};
  if (status.ok() || tasks.size() == 1) {
    Report(status.ok() ? trouble_ : status);
    if (status.ok() && on_commit_) on_commit_(tables);
    for (const auto& task : tasks) task->Finish(status);
    return;
  }
  for (auto& task : tasks) {
    Tasks alone;
    alone.push_back(std::move(task));
    Commit(std::move(alone));
  }
}

void JournalWriter::Report(const absl::Status& status) {
  if (status.ok() == healthy_.load()) return;
  LOG(ERROR) << (status.ok() ? "the journal can be written again"
                             : "the journal cannot be written: " + status.ToString());
  healthy_.store(status.ok());
}

absl::Status JournalWriter::RunAll(const Tasks& tasks) {
  trouble_ = absl::OkStatus();
  return database_.Transaction([this, &tasks]() -> absl::Status {
    for (const auto& task : tasks) {
      const absl::Status status = RunOne(*task);
      if (!status.ok()) return status;
    }
    return absl::OkStatus();
  });
}

absl::Status JournalWriter::RunOne(Task& task) {
  Tables tables{database_, *events_, outbox_, *messages_};
  absl::Status status = database_.Execute("SAVEPOINT work");
  if (!status.ok()) return status;
  // The work's own error is its result; only a failing savepoint fails the transaction.
  const absl::Status result = task.Run(tables);
  if (!result.ok()) {
    status = database_.Execute("ROLLBACK TO work");
    // Errors of the API have a reason, those of the database have none.
    if (ReasonOf(result).empty()) trouble_ = result;
  }
  status.Update(database_.Execute("RELEASE work"));
  return status;
}

}  // namespace chatwire::xmpp
