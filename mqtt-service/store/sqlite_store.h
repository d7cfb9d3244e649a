#ifndef CHATWIRE_MQTT_SERVICE_STORE_SQLITE_STORE_H_
#define CHATWIRE_MQTT_SERVICE_STORE_SQLITE_STORE_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/mutex.h"
#include "common/sqlite/database.h"
#include "mqtt-service/domain/store.h"

namespace chatwire::mqtt {

/// The store in one SQLite file, through one connection that callers share one after the other.
class SqliteStore final : public Store {
 public:
  /// Opens or creates the store. Errors: FAILED_PRECONDITION with the path and what is wrong.
  static absl::StatusOr<std::unique_ptr<SqliteStore>> Open(const std::string& path);
  ~SqliteStore() override;

  absl::Status Write(const Work& work) override;
  absl::Status Read(const Work& work) override;
  void AddListener(Listener listener) override;
  const std::string& id() const override { return id_; }

 private:
  class SqliteTransaction;

  explicit SqliteStore(sqlite::Database database);

  absl::Status LoadId();

  Mutex mutex_;
  sqlite::Database database_ ABSL_GUARDED_BY(mutex_);
  std::unique_ptr<SqliteTransaction> transaction_ ABSL_GUARDED_BY(mutex_);
  std::vector<Listener> listeners_;
  std::string id_;
};

}  // namespace chatwire::mqtt

#endif  // CHATWIRE_MQTT_SERVICE_STORE_SQLITE_STORE_H_
