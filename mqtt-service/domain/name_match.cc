#include "mqtt-service/domain/name_match.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/strings/str_replace.h"
#include "mqtt-service/domain/language.h"

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

bool Holds(const std::vector<std::string>& texts, const std::string& folded) {
  return std::any_of(texts.begin(), texts.end(),
                     [&folded](const std::string& text) { return Fold(text) == folded; });
}

}  // namespace

Meant MatchWords(const std::string& words, const std::vector<Checkbox>& checkboxes) {
  const std::string hyphens = absl::StrReplaceAll(words, {{" ", "-"}});
  const std::string underscores = absl::StrReplaceAll(words, {{" ", "_"}});
  Meant called;
  Meant labelled;
  labelled.group = true;
  for (const Checkbox& checkbox : checkboxes) {
    if (checkbox.name == hyphens || checkbox.name == underscores) return {{checkbox}, false};
    if (Fold(checkbox.title) == words || Holds(checkbox.aliases, words)) {
      called.checkboxes.push_back(checkbox);
    }
    if (Holds(checkbox.labels, words)) labelled.checkboxes.push_back(checkbox);
  }
  return called.checkboxes.empty() && !labelled.checkboxes.empty() ? labelled : called;
}

std::vector<std::string> NearestNames(const std::string& word,
                                      const std::vector<Checkbox>& checkboxes) {
  std::vector<std::pair<size_t, std::string>> near;
  for (const Checkbox& checkbox : checkboxes) {
    std::optional<size_t> best = Closeness(word, checkbox.name);
    std::vector<std::string> others = checkbox.aliases;
    others.push_back(checkbox.title);
    for (const std::string& other : others) {
      const auto close = Closeness(word, Fold(other));
      if (close.has_value() && (!best.has_value() || *close < *best)) best = close;
    }
    if (best.has_value()) near.emplace_back(*best, checkbox.name);
  }
  std::sort(near.begin(), near.end());
  std::vector<std::string> names;
  for (size_t i = 0; i < std::min(near.size(), kMostNames); ++i) names.push_back(near[i].second);
  return names;
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
