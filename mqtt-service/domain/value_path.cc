#include "mqtt-service/domain/value_path.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "absl/strings/strip.h"
#include "mqtt-service/domain/device_binding.h"
#include "mqtt-service/domain/utf8.h"

namespace chatwire::mqtt {
namespace {

constexpr size_t kMaximumBytes = 128;
constexpr size_t kMostSteps = 16;
constexpr size_t kMostDigits = 4;

bool IsKeyCharacter(char c) {
  return static_cast<unsigned char>(c) > 0x20 && c != 0x7f && c != '[' && c != ']' && c != '"' &&
         c != '\'' && c != '.';
}

/// `[0]` at the start of @p rest, taken off it.
std::optional<size_t> TakeIndex(absl::string_view& rest) {
  const size_t end = rest.find(']');
  if (!absl::ConsumePrefix(&rest, "[") || end == absl::string_view::npos) return std::nullopt;
  const absl::string_view digits = rest.substr(0, end - 1);
  const bool plain = !digits.empty() && digits.size() <= kMostDigits &&
                     std::all_of(digits.begin(), digits.end(), [](char c) {
                       return absl::ascii_isdigit(static_cast<unsigned char>(c));
                     });
  int index = 0;
  if (!plain || !absl::SimpleAtoi(digits, &index)) return std::nullopt;
  rest.remove_prefix(end);
  return static_cast<size_t>(index);
}

/// A key and the indices behind it. Only at the very start may the key be missing.
bool TakeLevel(absl::string_view level, bool first, std::vector<PathStep>& steps) {
  const size_t bracket = std::min(level.find('['), level.size());
  const absl::string_view key = level.substr(0, bracket);
  if (!std::all_of(key.begin(), key.end(), IsKeyCharacter)) return false;
  level.remove_prefix(bracket);
  if (!key.empty()) {
    steps.emplace_back(std::string(key));
  } else if (!first || level.empty()) {
    return false;
  }
  while (!level.empty()) {
    const auto index = TakeIndex(level);
    if (!index.has_value()) return false;
    steps.emplace_back(*index);
  }
  return true;
}

}  // namespace

absl::StatusOr<std::vector<PathStep>> ParseValuePath(const std::string& path) {
  std::vector<PathStep> steps;
  if (path.empty()) return steps;
  absl::string_view rest = path;
  absl::ConsumePrefix(&rest, "$.");
  bool good = path.size() <= kMaximumBytes && IsValidUtf8(path);
  bool first = true;
  for (const absl::string_view level : absl::StrSplit(rest, '.')) {
    good = good && TakeLevel(level, first, steps);
    first = false;
  }
  if (good && steps.size() <= kMostSteps) return steps;
  return BadDevice(absl::StrCat("\"", path,
                                "\" is no path into JSON; write keys with dots in between and "
                                "indices in brackets, such as POWER or relays[0].ison"));
}

}  // namespace chatwire::mqtt
