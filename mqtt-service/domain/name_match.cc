#include "mqtt-service/domain/name_match.h"

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_replace.h"

namespace chatwire::mqtt {
namespace {

constexpr size_t kMostNames = 3;

/// A third of the word may be wrong, and two letters of a short one.
size_t Tolerance(const std::string& word) { return std::max<size_t>(2, word.size() / 3); }

}  // namespace

std::vector<Checkbox> MatchWords(const std::string& words,
                                 const std::vector<Checkbox>& checkboxes) {
  const std::string hyphens = absl::StrReplaceAll(words, {{" ", "-"}});
  const std::string underscores = absl::StrReplaceAll(words, {{" ", "_"}});
  std::vector<Checkbox> by_title;
  for (const Checkbox& checkbox : checkboxes) {
    if (checkbox.name == hyphens || checkbox.name == underscores) return {checkbox};
    if (absl::AsciiStrToLower(checkbox.title) == words) by_title.push_back(checkbox);
  }
  return by_title;
}

std::vector<std::string> NearestNames(const std::string& word,
                                      const std::vector<Checkbox>& checkboxes) {
  std::vector<std::pair<size_t, std::string>> near;
  for (const Checkbox& checkbox : checkboxes) {
    const size_t distance = EditDistance(word, checkbox.name);
    // Where nothing of the word would stay, it is another word.
    if (distance <= Tolerance(word) && distance < std::max(word.size(), checkbox.name.size())) {
      near.emplace_back(distance, checkbox.name);
    }
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
