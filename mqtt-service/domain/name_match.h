#ifndef CHATWIRE_MQTT_SERVICE_DOMAIN_NAME_MATCH_H_
#define CHATWIRE_MQTT_SERVICE_DOMAIN_NAME_MATCH_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "mqtt-service/domain/checkbox.h"
#include "mqtt-service/domain/checkbox_table.h"

namespace chatwire::mqtt {

/// What a person may mean.
struct Meant {
  /// None: no name fits. Several that are no group: it is not clear which.
  std::vector<Checkbox> checkboxes;
  /// The words are a label; all of its checkboxes are meant.
  bool group = false;
};

/// What a person may mean by @p words (folded, single blanks): the checkbox of that name (blanks,
/// `-` and `_` are the same), else those with that alias or title, else those with that label. Case
/// and accents do not matter.
Meant MatchWords(CheckboxTable& table, const std::string& words);

/// All checkboxes with the label that a person calls @p words.
Meant MatchLabel(CheckboxTable& table, const std::string& words);

/// Names whose checkbox has a name, title or alias that is most similar to @p word, best first, at
/// most three; empty where none is close.
std::vector<std::string> NearestNames(const std::string& word,
                                      const std::vector<Checkbox>& checkboxes);

/// For a person: the names, titles, aliases and labels themselves that are most similar to @p word.
std::vector<std::string> NearestWords(const std::string& word,
                                      const std::vector<Checkbox>& checkboxes);

/// The same among the labels only.
std::vector<std::string> NearestLabels(const std::string& word,
                                       const std::vector<Checkbox>& checkboxes);

/// Least number of inserted, removed, replaced or swapped neighbouring bytes that lead from @p a to
/// @p b.
size_t EditDistance(absl::string_view a, absl::string_view b);

}  // namespace chatwire::mqtt

#endif  // CHATWIRE_MQTT_SERVICE_DOMAIN_NAME_MATCH_H_
