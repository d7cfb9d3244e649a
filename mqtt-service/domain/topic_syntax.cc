#include "mqtt-service/domain/topic_syntax.h"

#include <vector>

#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "absl/strings/strip.h"
#include "mqtt-service/domain/utf8.h"

namespace chatwire::mqtt {
namespace {

constexpr size_t kMaximumBytes = 1024;
constexpr char kWildcards[] = "+#";

bool IsText(absl::string_view text) {
  return !text.empty() && text.size() <= kMaximumBytes && IsValidUtf8(std::string(text)) &&
         text.find('\0') == absl::string_view::npos;
}

}  // namespace

bool IsTopicName(const std::string& topic) {
  return IsText(topic) && topic.find_first_of(kWildcards) == std::string::npos;
}

bool IsTopicFilter(const std::string& filter) {
  if (!IsText(filter)) return false;
  absl::string_view rest = filter;
  if (absl::ConsumePrefix(&rest, "$share/")) {
    const size_t slash = rest.find('/');
    if (slash == absl::string_view::npos || slash == 0) return false;
    if (rest.substr(0, slash).find_first_of(kWildcards) != absl::string_view::npos) return false;
    rest.remove_prefix(slash + 1);
    if (rest.empty()) return false;
  }
  const std::vector<absl::string_view> levels = absl::StrSplit(rest, '/');
  for (size_t i = 0; i < levels.size(); ++i) {
    if (levels[i].find_first_of(kWildcards) == absl::string_view::npos) continue;
    const bool whole = levels[i] == "+" || (levels[i] == "#" && i + 1 == levels.size());
    if (!whole) return false;
  }
  return true;
}

}  // namespace chatwire::mqtt
