#include "mqtt-service/domain/name_match.h"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include "mqtt-service/domain/spoken_word.h"

namespace chatwire::mqtt {
namespace {

constexpr size_t kMostNames = 3;

/// A third of the word may be wrong, and two letters of a short one.
size_t Tolerance(const std::string& word) { return std::max<size_t>(2, word.size() / 3); }

/// How far @p word is from @p name; nothing where it must be another word.
std::optional<size_t> Closeness(const std::string& word, const std::string& name) {
  const size_t distance = EditDistance(word, name);
  // Where nothing of the word would stay, it is another word.
  const bool close = distance <= Tolerance(word) && distance < std::max(word.size(), name.size());
  return close ? std::optional<size_t>(distance) : std::nullopt;
}

/// What is close to a word, each thing once, with the best of its distances.
class Nearest {
 public:
  explicit Nearest(const std::string& word) : word_(SpokenKey(word)) {}

  /// @p shown is what is proposed where @p text is close.
  void Try(const std::string& text, const std::string& shown) {
    if (text.empty()) return;
    const auto close = Closeness(word_, SpokenKey(text));
    if (!close.has_value()) return;
    const auto [entry, added] = found_.emplace(shown, *close);
    if (!added) entry->second = std::min(entry->second, *close);
  }

  /// The best ones; of two that are equally close the first in the alphabet.
  std::vector<std::string> Best() const {
    std::vector<std::pair<size_t, std::string>> near;
    for (const auto& [shown, distance] : found_) near.emplace_back(distance, shown);
    std::sort(near.begin(), near.end());
    std::vector<std::string> best;
    for (size_t i = 0; i < std::min(near.size(), kMostNames); ++i) best.push_back(near[i].second);
    return best;
  }

 private:
  const std::string word_;
  std::map<std::string, size_t> found_;
};

void Merge(std::vector<Checkbox> more, std::vector<Checkbox>& into) {
  for (Checkbox& checkbox : more) {
    const bool known = std::any_of(into.begin(), into.end(), [&](const Checkbox& other) {
      return other.name == checkbox.name;
    });
    if (!known) into.push_back(std::move(checkbox));
  }
}

}  // namespace

Meant MatchLabel(CheckboxTable& table, const std::string& words) {
  return {table.Called(SpokenKey(words), WordKind::kLabel), true};
}

Meant MatchWords(CheckboxTable& table, const std::string& words) {
  const auto exact = table.Find(words);
  if (exact.has_value() && !exact->deleted) return {{*exact}, false};
  const std::string key = SpokenKey(words);
  Meant named{table.Called(key, WordKind::kName), false};
  if (!named.checkboxes.empty()) return named;
  Meant called{table.Called(key, WordKind::kAlias), false};
  Merge(table.Called(key, WordKind::kTitle), called.checkboxes);
  if (!called.checkboxes.empty()) return called;
  Meant labelled = MatchLabel(table, words);
  return labelled.checkboxes.empty() ? called : labelled;
}

std::vector<std::string> NearestNames(const std::string& word,
                                      const std::vector<Checkbox>& checkboxes) {
  Nearest nearest(word);
  for (const Checkbox& checkbox : checkboxes) {
    nearest.Try(checkbox.name, checkbox.name);
    nearest.Try(checkbox.title, checkbox.name);
    for (const Alias& alias : checkbox.aliases) nearest.Try(alias.text, checkbox.name);
  }
  return nearest.Best();
}

std::vector<std::string> NearestWords(const std::string& word,
                                      const std::vector<Checkbox>& checkboxes) {
  Nearest nearest(word);
  for (const Checkbox& checkbox : checkboxes) {
    nearest.Try(checkbox.name, checkbox.name);
    nearest.Try(checkbox.title, checkbox.title);
    for (const Alias& alias : checkbox.aliases) nearest.Try(alias.text, alias.text);
    for (const std::string& label : checkbox.labels) nearest.Try(label, label);
  }
  return nearest.Best();
}

std::vector<std::string> NearestLabels(const std::string& word,
                                       const std::vector<Checkbox>& checkboxes) {
  Nearest nearest(word);
  for (const Checkbox& checkbox : checkboxes) {
    for (const std::string& label : checkbox.labels) nearest.Try(label, label);
  }
  return nearest.Best();
}

size_t EditDistance(absl::string_view a, absl::string_view b) {
  // Optimal string alignment: three rows of the table suffice.
  std::vector<size_t> before(b.size() + 1);
  std::vector<size_t> above(b.size() + 1);
  std::vector<size_t> row(b.size() + 1);
  for (size_t j = 0; j <= b.size(); ++j) above[j] = j;
  for (size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (size_t j = 1; j <= b.size(); ++j) {
      const size_t replaced = above[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      row[j] = std::min({above[j] + 1, row[j - 1] + 1, replaced});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        row[j] = std::min(row[j], before[j - 2] + 1);
      }
    }
    before.swap(above);
    above.swap(row);
  }
  return above[b.size()];
}

}  // namespace chatwire::mqtt
