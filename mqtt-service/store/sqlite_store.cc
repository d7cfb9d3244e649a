#include "mqtt-service/store/sqlite_store.h"

#include <utility>

#include "common/sqlite/migrations.h"
#include "common/uuid.h"
#include "mqtt-service/store/query_cache.h"
#include "mqtt-service/store/schema.h"
#include "mqtt-service/store/sqlite_chat_log.h"
#include "mqtt-service/store/sqlite_checkbox_table.h"
#include "mqtt-service/store/sqlite_command_table.h"
#include "mqtt-service/store/sqlite_delivery_log.h"
#include "mqtt-service/store/sqlite_device_table.h"
#include "mqtt-service/store/sqlite_discovery_log.h"
#include "mqtt-service/store/sqlite_outbox.h"
#include "mqtt-service/store/sqlite_request_log.h"
#include "mqtt-service/store/sqlite_watch_list.h"

namespace chatwire::mqtt {

/// The tables over the one connection; used again for every transaction, so that statements stay
/// prepared.
class SqliteStore::SqliteTransaction final : public Transaction {
 public:
  explicit SqliteTransaction(sqlite::Database& database) : queries_(database) {}

  CheckboxTable& checkboxes() override { return checkboxes_; }
  CommandTable& commands() override { return commands_; }
  Outbox& outbox() override { return outbox_; }
  ChatLog& chat() override { return chat_; }
  RequestLog& requests() override { return requests_; }
  DeliveryLog& deliveries() override { return deliveries_; }
  WatchList& watches() override { return watches_; }
  DiscoveryLog& discovery() override { return discovery_; }
  DeviceTable& devices() override { return devices_; }

  QueryCache& queries() { return queries_; }

  /// Makes the stored words of all checkboxes anew where an older version of the rules made them.
  void IndexWords() {
    {
      auto rules = queries_("SELECT value FROM meta WHERE key = 'word_rules'");
      if (rules.Next() && rules.GetText(0) == kWordRules) return;
    }
    for (const Checkbox& checkbox : checkboxes_.List("", kEveryCheckbox)) {
      checkboxes_.IndexWords(checkbox);
    }
    queries_("INSERT OR REPLACE INTO meta(key, value) VALUES('word_rules', ?)")
        .Text(kWordRules)
        .Run();
  }

  /// Runs @p work; the database's first error goes before the work's own.
  absl::Status Run(const Work& work) {
    queries_.Clear();
    commit_ = Commit();
    const absl::Status status = work(*this);
    return queries_.error().ok() ? status : queries_.error();
  }

  Commit TakeCommit() { return std::exchange(commit_, Commit()); }

 private:
  QueryCache queries_;
  Commit commit_;
  SqliteDeviceTable devices_{queries_, commit_};
  SqliteCheckboxTable checkboxes_{queries_, commit_, devices_};
  SqliteCommandTable commands_{queries_, commit_};
  SqliteOutbox outbox_{queries_, commit_};
  SqliteChatLog chat_{queries_, commit_};
  SqliteRequestLog requests_{queries_};
  SqliteDeliveryLog deliveries_{queries_};
  SqliteWatchList watches_{queries_};
  SqliteDiscoveryLog discovery_{queries_};
};

absl::StatusOr<std::unique_ptr<SqliteStore>> SqliteStore::Open(const std::string& path) {
  auto database = sqlite::Database::Open(path);
  if (!database.ok()) return database.status();
  const absl::Status migrated = sqlite::Migrate(*database, Schema());
  if (!migrated.ok()) return migrated;
  std::unique_ptr<SqliteStore> store(new SqliteStore(*std::move(database)));
  const absl::Status loaded = store->LoadId();
  if (!loaded.ok()) return loaded;
  return store;
}

SqliteStore::SqliteStore(sqlite::Database database)
    : database_(std::move(database)),
      transaction_(std::make_unique<SqliteTransaction>(database_)) {}

SqliteStore::~SqliteStore() = default;

absl::Status SqliteStore::LoadId() {
  MutexLock lock(mutex_);
  return database_.Transaction([this]() ABSL_NO_THREAD_SAFETY_ANALYSIS {
    return transaction_->Run([this](Transaction&) ABSL_NO_THREAD_SAFETY_ANALYSIS {
      QueryCache& queries = transaction_->queries();
      queries("INSERT OR IGNORE INTO meta(key, value) VALUES('store_id', ?)")
          .Text(RandomUuid())
          .Run();
      auto query = queries("SELECT value FROM meta WHERE key = 'store_id'");
      if (query.Next()) id_ = query.GetText(0);
      transaction_->IndexWords();
      return absl::OkStatus();
    });
  });
}

absl::Status SqliteStore::Write(const Work& work) {
  Commit commit;
  {
    MutexLock lock(mutex_);
    const absl::Status status = database_.Transaction(
        [&]() ABSL_NO_THREAD_SAFETY_ANALYSIS { return transaction_->Run(work); });
    if (!status.ok()) return status;
    commit = transaction_->TakeCommit();
  }
  for (const Listener& listener : listeners_) listener(commit);
  return absl::OkStatus();
}

absl::Status SqliteStore::Read(const Work& work) {
  // The one connection is ours alone under the lock, so statements outside a transaction agree.
  MutexLock lock(mutex_);
  return transaction_->Run(work);
}

void SqliteStore::AddListener(Listener listener) { listeners_.push_back(std::move(listener)); }

}  // namespace chatwire::mqtt
