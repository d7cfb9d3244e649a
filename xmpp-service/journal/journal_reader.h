#ifndef CHATWIRE_XMPP_SERVICE_JOURNAL_JOURNAL_READER_H_
#define CHATWIRE_XMPP_SERVICE_JOURNAL_JOURNAL_READER_H_

#include <functional>
#include <memory>
#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "common/completion.h"
#include "common/sqlite/database.h"
#include "xmpp-service/domain/worker_thread.h"

namespace chatwire::xmpp {

/// The one thread that reads from the journal, on a connection of its own: readers never wait for
/// the writer, nor the writer for them.
class JournalReader {
 public:
  /// The writer has made the tables before.
  static absl::StatusOr<std::unique_ptr<JournalReader>> Open(const std::string& path) {
    auto database = sqlite::Database::Open(path);
    if (!database.ok()) return database.status();
    return std::unique_ptr<JournalReader>(new JournalReader(*std::move(database)));
  }

  /// Runs @p query on the reader's thread. Thread-safe.
  template <typename T>
  void Submit(std::function<absl::StatusOr<T>(sqlite::Database&)> query, Completion<T> done) {
    thread_.Post([this, query = std::move(query), done = std::move(done)]() mutable {
      done(query(database_));
    });
  }

 private:
  explicit JournalReader(sqlite::Database database) : database_(std::move(database)) {}

  sqlite::Database database_;
  WorkerThread thread_;
};

}  // namespace chatwire::xmpp

#endif  // CHATWIRE_XMPP_SERVICE_JOURNAL_JOURNAL_READER_H_
