#ifndef CHATWIRE_XMPP_SERVICE_JOURNAL_JOURNAL_WRITER_H_
#define CHATWIRE_XMPP_SERVICE_JOURNAL_JOURNAL_WRITER_H_

#include <atomic>
#include <condition_variable>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "common/clock.h"
#include "common/completion.h"
#include "common/mutex.h"
#include "common/sqlite/database.h"
#include "xmpp-service/journal/chat_message_table.h"
#include "xmpp-service/journal/event_table.h"
#include "xmpp-service/journal/outbox_table.h"

namespace chatwire::xmpp {

/// The one thread that writes to the journal.
///
/// Group commit: it takes everything that is queued into one transaction, so that many writers
/// share one fsync, and a lone one waits for nobody. Each piece of work is its own savepoint: one
/// that fails undoes nothing of the others. Should the transaction itself fail, each piece is tried
/// alone.
class JournalWriter {
 public:
  /// What work can touch.
  struct Tables {
    sqlite::Database& database;
    EventTable& events;
    OutboxTable& outbox;
    ChatMessageTable& messages;
  };

  /// Errors: those of sqlite::Database::Open and sqlite::Migrate.
  static absl::StatusOr<std::unique_ptr<JournalWriter>> Open(const std::string& path,
                                                             const Clock& clock);
  /// Writes what is queued and stops.
  ~JournalWriter();

  /// @p on_commit runs on the writer's thread after each transaction, before its completions. Set
  /// before the first Submit.
  void SetOnCommit(std::function<void(Tables&)> on_commit) { on_commit_ = std::move(on_commit); }

  /// Runs @p work on the writer's thread; completes once it is committed. @p work may run more than
  /// once and has to do the same each time. Thread-safe.
  template <typename T>
  void Submit(std::function<absl::StatusOr<T>(Tables&)> work, Completion<T> done) {
    Enqueue(std::make_unique<TypedTask<T>>(std::move(work), std::move(done)));
  }

  /// Whether the last transaction could be committed.
  bool healthy() const { return healthy_.load(); }
  const std::string& log_id() const { return log_id_; }

 private:
  class Task {
   public:
    virtual ~Task() = default;
    virtual absl::Status Run(Tables& tables) = 0;
    /// @p status: of the transaction.
    virtual void Finish(const absl::Status& status) = 0;
  };

  template <typename T>
  class TypedTask final : public Task {
   public:
    TypedTask(std::function<absl::StatusOr<T>(Tables&)> work, Completion<T> done)
        : work_(std::move(work)), done_(std::move(done)) {}

    absl::Status Run(Tables& tables) override {
      result_ = work_(tables);
      return result_.status();
    }

    void Finish(const absl::Status& status) override {
      if (status.ok()) {
        done_(std::move(result_));
      } else {
        done_(status);
      }
    }

   private:
    std::function<absl::StatusOr<T>(Tables&)> work_;
    Completion<T> done_;
    absl::StatusOr<T> result_;
  };

  using Tasks = std::vector<std::unique_ptr<Task>>;

  JournalWriter(sqlite::Database database, const Clock& clock);

  absl::Status Prepare();
  void Enqueue(std::unique_ptr<Task> task);
  void Loop();
  Tasks Take();
  void Commit(Tasks tasks);
  absl::Status RunAll(const Tasks& tasks);
  absl::Status RunOne(Task& task);
  void Report(const absl::Status& status);

  sqlite::Database database_;
  const Clock& clock_;
  std::unique_ptr<EventTable> events_;
  OutboxTable outbox_;
  std::unique_ptr<ChatMessageTable> messages_;
  std::string log_id_;
  std::function<void(Tables&)> on_commit_;
  /// The last error of the database inside the running transaction.
  absl::Status trouble_;
  std::atomic<bool> healthy_{true};

  Mutex mutex_;
  std::condition_variable changed_;
  Tasks queue_ ABSL_GUARDED_BY(mutex_);
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  std::thread thread_;
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_JOURNAL_JOURNAL_WRITER_H_
