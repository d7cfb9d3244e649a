#ifndef CHATWIRE_MQTT_SERVICE_STORE_SQLITE_CHECKBOX_TABLE_H_
#define CHATWIRE_MQTT_SERVICE_STORE_SQLITE_CHECKBOX_TABLE_H_

#include <optional>
#include <string>
#include <vector>

#include "mqtt-service/domain/store.h"
#include "mqtt-service/store/query_cache.h"
#include "mqtt-service/store/sqlite_device_table.h"

namespace chatwire::mqtt {

/// CheckboxTable in SQLite. Marks in @p commit what it touches.
class SqliteCheckboxTable final : public CheckboxTable {
 public:
  /// Keeps @p devices in step. All arguments must outlive the table.
  SqliteCheckboxTable(QueryCache& queries, Commit& commit, SqliteDeviceTable& devices)
      : queries_(queries), commit_(commit), devices_(devices) {}

  std::optional<Checkbox> Find(const std::string& name) override;
  std::vector<Checkbox> List(const std::string& after, int64_t limit) override;
  std::vector<Checkbox> ListLabelled(const std::string& key, const std::string& after,
                                     int64_t limit) override;
  std::vector<Checkbox> Called(const std::string& key, WordKind kind) override;
  int64_t Count() override;
  std::vector<Checkbox> ChangedSince(int64_t sequence, int64_t limit) override;
  int64_t LastSequence() override;
  void Put(const Checkbox& checkbox) override;
  /// Makes the stored words of @p checkbox anew.
  void IndexWords(const Checkbox& checkbox);
  void AddHistory(const HistoryEntry& entry) override;
  std::vector<HistoryEntry> History(const std::string& checkbox, int64_t before,
                                    int64_t limit) override;
  void PurgeHistory(absl::Time time) override;

 private:
  QueryCache& queries_;
  Commit& commit_;
  SqliteDeviceTable& devices_;
};

}  // namespace chatwire::mqtt

#endif  // CHATWIRE_MQTT_SERVICE_STORE_SQLITE_CHECKBOX_TABLE_H_
