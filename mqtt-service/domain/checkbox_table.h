#ifndef CHATWIRE_MQTT_SERVICE_DOMAIN_CHECKBOX_TABLE_H_
#define CHATWIRE_MQTT_SERVICE_DOMAIN_CHECKBOX_TABLE_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "mqtt-service/domain/checkbox.h"

namespace chatwire::mqtt {

/// The checkboxes and the history of their changes. See Transaction for errors.
class CheckboxTable {
 public:
  virtual ~CheckboxTable() = default;

  /// Also finds deleted ones.
  virtual std::optional<Checkbox> Find(const std::string& name) = 0;

  /// By name, without deleted ones: those after @p after, at most @p limit.
  virtual std::vector<Checkbox> List(const std::string& after, int64_t limit) = 0;

  /// In the order of their last change, with deleted ones: those after @p sequence, at most @p
  /// limit.
  virtual std::vector<Checkbox> ChangedSince(int64_t sequence, int64_t limit) = 0;

  /// Sequence of the newest change; 0: none yet.
  virtual int64_t LastSequence() = 0;

  /// Inserts or replaces @p checkbox and gives it the next change sequence.
  virtual void Put(const Checkbox& checkbox) = 0;

  /// Writes down how @p checkbox is now and why. @p event_id is that of the chat event behind it,
  /// or "".
  virtual void AddHistory(const Checkbox& checkbox, const Change& change,
                          const std::string& event_id) = 0;
};

}  // namespace chatwire::mqtt

#endif  // CHATWIRE_MQTT_SERVICE_DOMAIN_CHECKBOX_TABLE_H_
