#ifndef CHATWIRE_MQTT_SERVICE_DOMAIN_NAME_MATCH_H_
#define CHATWIRE_MQTT_SERVICE_DOMAIN_NAME_MATCH_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "mqtt-service/domain/checkbox.h"

namespace chatwire::mqtt {

/// What a person may mean.
struct Meant {
  /// None: no name fits. Several that are no group: it is not clear which.
  std::vector<Checkbox> checkboxes;
  /// The words are a label; all of its checkboxes are meant.
  bool group = false;
};

/// The checkboxes that a person may mean by @p words (folded, single blanks): the one of that name
/// (blanks as `-` or `_`), else those with that title or alias, else those with that label. Case
/// and accents do not matter.
Meant MatchWords(const std::string& words, const std::vector<Checkbox>& checkboxes);

/// Names whose checkbox has a name, title or alias that is most similar to @p word, best first, at
/// most three; empty where none is close.
std::vector<std::string> NearestNames(const std::string& word,
                                      const std::vector<Checkbox>& checkboxes);

/// Least number of inserted, removed, replaced or swapped neighbouring bytes that lead from @p a to
/// @p b.
size_t EditDistance(absl::string_view a, absl::string_view b);

}  // namespace chatwire::mqtt

#endif  // CHATWIRE_MQTT_SERVICE_DOMAIN_NAME_MATCH_H_
