#ifndef CHATWIRE_MQTT_SERVICE_DOMAIN_CHECKBOX_TABLE_H_
#define CHATWIRE_MQTT_SERVICE_DOMAIN_CHECKBOX_TABLE_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "mqtt-service/domain/checkbox.h"
#include "mqtt-service/domain/history.h"
#include "mqtt-service/domain/spoken_word.h"

namespace chatwire::mqtt {

/// More than anybody has.
inline constexpr int64_t kEveryCheckbox = 1'000'000;

/// The checkboxes and the history of their changes. See Transaction for errors.
class CheckboxTable {
 public:
  virtual ~CheckboxTable() = default;

  /// Also finds deleted ones.
  virtual std::optional<Checkbox> Find(const std::string& name) = 0;

  /// By name, without deleted ones: those after @p after, at most @p limit.
  virtual std::vector<Checkbox> List(const std::string& after, int64_t limit) = 0;

  /// The same for those with the label @p key (see SpokenKey).
  virtual std::vector<Checkbox> ListLabelled(const std::string& key, const std::string& after,
                                             int64_t limit) = 0;

  /// By name, without deleted ones: those with the word @p key (see SpokenKey) of @p kind.
  virtual std::vector<Checkbox> Called(const std::string& key, WordKind kind) = 0;

  /// How many there are, without deleted ones.
  virtual int64_t Count() = 0;

  /// In the order of their last change, with deleted ones: those after @p sequence, at most @p
  /// limit.
  virtual std::vector<Checkbox> ChangedSince(int64_t sequence, int64_t limit) = 0;

  /// Sequence of the newest change; 0: none yet.
  virtual int64_t LastSequence() = 0;

  /// Inserts or replaces @p checkbox and gives it the next change sequence.
  virtual void Put(const Checkbox& checkbox) = 0;

  /// Writes down what happened; the entry's id is given by the table.
  virtual void AddHistory(const HistoryEntry& entry) = 0;

  /// What happened to @p checkbox ("": to all), newest first: entries with a smaller id than
  /// @p before, at most @p limit.
  virtual std::vector<HistoryEntry> History(const std::string& checkbox, int64_t before,
                                            int64_t limit) = 0;

  /// Forgets what happened before @p time.
  virtual void PurgeHistory(absl::Time time) = 0;
};

}  // namespace chatwire::mqtt

#endif  // CHATWIRE_MQTT_SERVICE_DOMAIN_CHECKBOX_TABLE_H_
